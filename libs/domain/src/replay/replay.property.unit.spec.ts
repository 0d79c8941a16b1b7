import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DomainError } from '../domain-error.js';
import { SYSTEM } from '../principal.js';
import { eventsUntil } from './events-until.js';
import { meetingAt } from './meeting-at.js';
import { EPOCH, MEETING_ID, tellStory, timeAt } from './meeting-story.js';
import { publicEvent } from './public-event.js';
import { recordingTimeline } from './recording-timeline.js';
import { timeline } from './timeline.js';

type Story = ReturnType<typeof tellStory>;
const USERS = ['ada', 'grace', '__proto__', '7'] as const;

/** Something that somebody does; it may be refused. */
const anyDeed: fc.Arbitrary<(story: Story, id: number) => void> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .constantFrom(...USERS)
      .map(user => (story: Story, id: number) => story.join(user, `p${id}`)),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.constantFrom(...USERS), fc.constantFrom(...USERS)).map(
      ([user, by]) =>
        (story: Story) =>
          story.leave(user, by),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('w1', 'w2')
      .map(worker => (story: Story) => story.place(worker, meetingAt(story.log).meeting.mediaWorkerId)),
  },
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.nat(), fc.constantFrom('camera', 'camera', 'microphone', 'screen'))
      .map(([seat, source]) => (story: Story, id: number) => {
        const { participants, meeting } = meetingAt(story.log);
        const present = participants[seat % Math.max(1, participants.length)];
        if (present && meeting.mediaWorkerId) {
          story.produce(present.userId, present.participantId, source, `v${id}`, meeting.mediaWorkerId);
        }
      }),
  },
  {
    weight: 4,
    arbitrary: fc.nat().map(place => (story: Story) => {
      const opened = story.log.filter(({ type }) => type === 'ProducerOpened');
      const one = opened[place % Math.max(1, opened.length)];
      if (one?.type !== 'ProducerOpened') return;
      const { participantId, producerId } = one.data;
      story.participant(participantId, SYSTEM.userId, { type: 'CloseProducer', producerId });
    }),
  },
  {
    weight: 6,
    arbitrary: fc.tuple(fc.nat(), fc.boolean()).map(([seat, isVideoOn]) => (story: Story) => {
      const seats = story.log.filter(({ type }) => type === 'ParticipantSeated');
      const one = seats[seat % Math.max(1, seats.length)];
      if (one?.type !== 'ParticipantSeated') return;
      story.participant(one.data.participantId, one.data.userId, {
        type: 'UpdateStatus',
        byRole: 'attendee',
        may: { microphone: true, camera: true, screenShare: true },
        isVideoOn,
      });
    }),
  },
  { weight: 1, arbitrary: fc.constant((story: Story) => story.say('ada', '\u001b[31mHello\neveryone')) },
);

/** Ada's meeting, a deed every second or every other, recorded from some second to another that may never come. */
const anyStory = fc
  .tuple(
    fc.array(fc.tuple(anyDeed, fc.integer({ min: 0, max: 2 })), { maxLength: 40, size: 'max' }),
    fc.integer({ min: 0, max: 10 }),
    fc.integer({ min: 0, max: 30 }),
  )
  .map(([deeds, from, length]) => {
    const story = tellStory();
    const attempt = (deed: () => void): void => {
      try {
        deed();
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
      }
    };
    const rest = [...deeds.entries()].reverse();
    let second = 0;
    story.create('ada', { passwordHash: 'scrypt$secret', maxParticipants: 3 });
    story.meeting('ada', { type: 'StartMeeting' });
    const record = (): void => {
      const startedAt = timeAt(second);
      story.meeting('ada', { type: 'StartRecording', recordingId: 'r1' });
      const recording = {
        recordingId: 'r1',
        meetingId: MEETING_ID,
        title: 'Weekly',
        startedBy: 'ada',
        startedAt,
      };
      story.recording('r1', { type: 'CreateRecording', ...recording });
    };
    const stop = (): void =>
      story.recording('r1', { type: 'StopCapture', stoppedBy: 'ada', stoppedAt: timeAt(second) });
    for (let count = 0; rest.length > 0 || count <= from; count += 1) {
      if (count === from) record();
      if (count === from + length + 1) stop();
      const [index, [deed, pause]] = rest.pop() ?? [0, [() => undefined, 1] as const];
      second += pause;
      story.at(second);
      attempt(() => deed(story, index));
    }
    return { log: story.log, seconds: second };
  });

it('a recording has present, and shows, exactly those whom the meeting had at that moment', () =>
  fc.assert(
    fc.property(anyStory, ({ log }) => {
      const startedAt = log.find(({ type }) => type === 'RecordingCreated')!.time;
      const start = (Date.parse(startedAt) - EPOCH) / 1000;
      const { duration, participants } = recordingTimeline(log, 'r1');
      const among = (spans: readonly (readonly [number, number])[], second: number): boolean =>
        spans.some(([from, to]) => from <= second && second < to);
      // Everything happens on the second: half past one nobody is in between.
      for (let second = 0.5; second < duration; second += 1) {
        const moment = meetingAt(eventsUntil(log, EPOCH + (start + second) * 1000));
        const present = moment.participants.map(({ participantId }) => participantId);
        const showing = moment.participants
          .filter(
            ({ isVideoOn, producers }) => isVideoOn && producers.some(({ source }) => source === 'camera'),
          )
          .map(({ participantId }) => participantId);
        const recorded = (kind: 'present' | 'videoOn') =>
          participants
            .filter(participant => among(participant[kind], second))
            .map(({ participantId }) => participantId);
        expect(recorded('present').sort()).toEqual(present.sort());
        expect(recorded('videoOn').sort()).toEqual(showing.sort());
      }
    }),
    { numRuns: 60 },
  ));

it('the spans of a recording lie within it, in order, apart, none empty, and pictures within presence', () =>
  fc.assert(
    fc.property(anyStory, ({ log }) => {
      const { duration, participants } = recordingTimeline(log, 'r1');
      for (const { present, videoOn } of participants) {
        expect(present.length).toBeGreaterThan(0);
        for (const spans of [present, videoOn]) {
          const ends = spans.flat();
          expect(ends).toEqual([...new Set(ends)].sort((a, b) => a - b));
          for (const end of ends) expect(end).toBeGreaterThanOrEqual(0);
          for (const end of ends) expect(end).toBeLessThanOrEqual(duration);
        }
        for (const [from, to] of videoOn) {
          expect(present.some(([came, went]) => came <= from && to <= went)).toBe(true);
        }
      }
    }),
    { numRuns: 100 },
  ));

it('a timeline has one clean line for every event, and the public log no secret', () =>
  fc.assert(
    fc.property(anyStory, ({ log }) => {
      const entries = timeline(log);
      expect(entries.map(({ type }) => type)).toEqual(log.map(({ type }) => type));
      for (const { text } of entries) expect(text).toMatch(/^[^\p{Cc}]+$/u);
      expect(JSON.stringify(log.map(publicEvent))).not.toContain('secret');
      expect(JSON.stringify(meetingAt(log))).not.toContain('secret');
    }),
    { numRuns: 60 },
  ));

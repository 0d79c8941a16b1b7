import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DomainError } from '../domain-error.js';
import { diffMoments, type MomentChange } from './diff-moments.js';
import { meetingAt, type MeetingMoment } from './meeting-at.js';
import { MEETING_ID, tellStory, timeAt } from './meeting-story.js';

type Story = ReturnType<typeof tellStory>;
const status = {
  type: 'UpdateStatus',
  byRole: 'host',
  may: { microphone: true, camera: true, screenShare: true },
} as const;

/** Ada's meeting, with Grace in it. */
const begun = (): Story => {
  const story = tellStory();
  for (const name of ['Ada', 'Grace', 'Linus']) story.named(name.toLowerCase(), name);
  story.create('ada');
  story.meeting('ada', { type: 'StartMeeting' });
  story.join('ada', 'p-ada');
  story.join('grace', 'p-grace');
  story.at(10);
  return story;
};
/** What is different after the deeds. */
const after = (deeds: (story: Story) => void, story = begun()): readonly MomentChange[] => {
  const before = meetingAt(story.log);
  deeds(story);
  return diffMoments(before, meetingAt(story.log));
};

describe('the differences between two moments', () => {
  it('are none between a moment and itself', () => {
    const moment = meetingAt(begun().log);
    expect(diffMoments(moment, structuredClone(moment))).toEqual([]);
  });

  it('tell who came and who went, with all that was known of them', () => {
    const changes = after(story => {
      story.leave('grace');
      story.join('linus', 'p-linus');
    });
    expect(changes).toMatchObject([
      { what: 'participant-left', id: 'p-grace', from: { displayName: 'Grace', role: 'attendee' }, to: null },
      { what: 'participant-joined', id: 'p-linus', from: null, to: { displayName: 'Linus', isMuted: false } },
    ]);
  });

  it('tell each thing that changed of a participant, with both values', () => {
    const changes = after(story => {
      story.meeting('ada', { type: 'ChangeRole', userId: 'grace', role: 'co-host' });
      const all = { isMuted: true, isVideoOn: false, isHandRaised: true, isScreenSharing: true };
      story.participant('p-grace', 'grace', { ...status, ...all });
    });
    const changed = { what: 'participant-changed', id: 'p-grace' };
    expect(changes).toEqual([
      { ...changed, field: 'role', from: 'attendee', to: 'co-host' },
      { ...changed, field: 'isMuted', from: false, to: true },
      { ...changed, field: 'isVideoOn', from: true, to: false },
      { ...changed, field: 'isScreenSharing', from: false, to: true },
      { ...changed, field: 'isHandRaised', from: false, to: true },
    ]);
  });

  it('leave out what changed and changed back', () =>
    expect(
      after(story => {
        story.participant('p-grace', 'grace', { ...status, isMuted: true });
        story.participant('p-grace', 'grace', { ...status, isMuted: false });
      }),
    ).toEqual([]));

  it('name leaving and joining where somebody came back to another seat', () =>
    expect(
      after(story => {
        story.leave('grace');
        story.join('grace', 'p-grace-2');
      }).map(({ what, id }) => [what, id]),
    ).toEqual([
      ['participant-left', 'p-grace'],
      ['participant-joined', 'p-grace-2'],
    ]));

  it("tell of the meeting's fields, the recording and the messages, in this order", () => {
    const changes = after(story => {
      story.say('ada', 'Hello');
      story.meeting('ada', { type: 'StartRecording', recordingId: 'r1' });
      const recording = { recordingId: 'r1', meetingId: MEETING_ID, title: 'Weekly', startedBy: 'ada' };
      story.recording('r1', { type: 'CreateRecording', ...recording, startedAt: timeAt(10) });
    });
    expect(changes).toMatchObject([
      { what: 'meeting-changed', field: 'isRecording', from: false, to: true },
      { what: 'meeting-changed', field: 'recordingId', from: null, to: 'r1' },
      { what: 'recording-began', id: 'r1', from: null, to: { status: 'recording' } },
      { what: 'message-sent', from: null, to: { senderId: 'ada', content: 'Hello' } },
    ]);
  });

  it('tell of the waiting room', () => {
    const story = tellStory();
    story.create('ada', { waitingRoomEnabled: true });
    story.meeting('ada', { type: 'StartMeeting' });
    const waits = {
      type: 'JoinMeeting',
      participantId: 'p-grace',
      displayName: 'Grace',
      passwordMatches: true,
    } as const;
    expect(after(() => story.meeting('grace', waits), story)).toMatchObject([
      { what: 'waiting-began', id: 'grace', from: null, to: { displayName: 'Grace' } },
    ]);
    expect(
      after(() => story.meeting('ada', { type: 'DenyParticipant', userId: 'grace' }), story),
    ).toMatchObject([{ what: 'waiting-ended', id: 'grace', from: { displayName: 'Grace' }, to: null }]);
  });

  it('tell of a setting by its name', () => {
    const moment = meetingAt(begun().log);
    const { settings, ...meeting } = moment.meeting;
    const other = {
      ...moment,
      meeting: { ...meeting, settings: { ...settings, chatPermission: 'none' as const } },
    };
    expect(diffMoments(moment, other)).toEqual([
      { what: 'setting-changed', field: 'chatPermission', from: 'all', to: 'none' },
    ]);
  });
});

/** The kinds of changes in their order. */
const ORDER = ['meeting', 'setting', 'participant', 'waiting', 'recording', 'message'];
const kind = ({ what }: { what: string }): number => ORDER.indexOf(what.split('-')[0] ?? '');

/** The second moment, made of the first and the changes; lists by id, since changes say nothing of their order. */
const applied = (moment: MeetingMoment, changes: readonly MomentChange[]): unknown => {
  const byId = <T extends object>(
    list: readonly T[],
    idOf: (one: T) => string,
  ): Record<string, Record<string, unknown>> =>
    Object.fromEntries(list.map(one => [idOf(one), { ...one } as Record<string, unknown>]));
  const { settings, ...meeting } = moment.meeting;
  const parts = {
    meeting: { ...meeting } as Record<string, unknown>,
    setting: { ...settings } as Record<string, unknown>,
    participant: byId(moment.participants, one => one.participantId),
    waiting: byId(moment.waiting, one => `user ${one.userId}`),
    recording: byId(moment.recordings, one => one.recordingId),
    message: byId(moment.chat.messages, one => one.messageId),
  };
  for (const { what, id = '', field, to } of changes) {
    const name = what.split('-')[0] as keyof typeof parts;
    const key = name === 'waiting' ? `user ${id}` : id;
    const whole = parts[name] as Record<string, Record<string, unknown>>;
    const target = name === 'meeting' || name === 'setting' ? parts[name] : whole[key];
    if (field !== undefined && target) {
      if (to === null) delete target[field];
      else target[field] = to;
    } else if (to === null) delete whole[key];
    else whole[key] = { ...(to as object) };
  }
  // As JSON: a field that is undefined is none.
  return JSON.parse(JSON.stringify(parts)) as unknown;
};

const USERS = ['ada', 'grace', '7'] as const;
const anyUser = fc.constantFrom(...USERS);
const anyDeed: fc.Arbitrary<(story: Story, id: number) => void> = fc.oneof(
  anyUser.map(user => (story: Story, id: number) => story.join(user, `p${id}`)),
  fc.tuple(anyUser, anyUser).map(
    ([user, by]) =>
      (story: Story) =>
        story.leave(user, by),
  ),
  anyUser.map(user => (story: Story) => story.say(user, `I am ${user}`)),
  fc.record({ isMuted: fc.boolean(), isHandRaised: fc.boolean() }).chain(flags =>
    fc.nat(20).map(seat => (story: Story) => {
      const seats = meetingAt(story.log).participants;
      const one = seats[seat % Math.max(1, seats.length)];
      if (one) story.participant(one.participantId, one.userId, { ...status, ...flags });
    }),
  ),
  fc.tuple(anyUser, fc.constantFrom('co-host' as const, 'viewer' as const)).map(
    ([userId, role]) =>
      (story: Story) =>
        story.meeting('ada', { type: 'ChangeRole', userId, role }),
  ),
  fc.constant((story: Story, id: number) =>
    story.meeting('ada', { type: 'StartRecording', recordingId: `r${id}` }),
  ),
  fc.constant((story: Story) => story.meeting('ada', { type: 'StopRecording' })),
  fc.constant((story: Story) => story.meeting('ada', { type: 'EndMeeting' })),
);

it('applied to the earlier of any two moments, the changes give the later one, and backwards the earlier', () =>
  fc.assert(
    fc.property(fc.array(anyDeed, { maxLength: 25, size: 'max' }), fc.nat(), fc.nat(), (deeds, m, n) => {
      const story = tellStory();
      story.create('ada');
      story.meeting('ada', { type: 'StartMeeting' });
      deeds.forEach((deed, index) => {
        story.at(index);
        try {
          deed(story, index);
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
        }
      });
      const [a, b] = [m, n].map(cut => meetingAt(story.log.slice(0, 1 + (cut % story.log.length))));
      if (!a || !b) throw new Error('There are two moments');
      const changes = diffMoments(a, b);
      expect(applied(a, changes)).toEqual(applied(b, []));
      expect(applied(b, diffMoments(b, a))).toEqual(applied(a, []));
      expect(changes.map(kind)).toEqual(changes.map(kind).toSorted((one, other) => one - other));
    }),
    { numRuns: 150 },
  ));

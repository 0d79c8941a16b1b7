import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyRecord, expectReplayable, HOSTILE_IDS, runSequence, type Step } from '../any-sequence.js';
import { MEETING_ROLES } from '../meeting-role.js';
import { isAdmin, type Principal, SYSTEM } from '../principal.js';
import { Participant } from './participant.js';
import type { ParticipantCommand } from './participant-commands.js';
import {
  DEVICE_TYPES,
  MEDIA_KINDS,
  MEDIA_SOURCES,
  type ParticipantEvent,
  SOURCE_KINDS,
} from './participant-events.js';
import type { ParticipantState } from './participant-state.js';

const at = '2026-11-22T10:00:00.000Z';
const OWNER: Principal = { userId: 'ada', name: 'Ada', roles: [] };
const USERS: readonly Principal[] = [
  OWNER,
  OWNER,
  SYSTEM,
  ...['grace', ...HOSTILE_IDS].map(userId => ({ userId, name: userId, roles: [] })),
];
const by = fc.constantFrom(...USERS);
const anyId = fc.constantFrom('x1', 'x2', ...HOSTILE_IDS);
const flag = fc.option(fc.boolean(), { nil: undefined });
const issued = { by, at: fc.constant(at) };

const seat: fc.Arbitrary<ParticipantCommand> = anyRecord({
  ...issued,
  type: fc.constant('SeatParticipant'),
  meetingId: fc.constant('m1'),
  participantId: fc.constant('p1'),
  userId: fc.constant(OWNER.userId),
  deviceType: fc.constantFrom(...DEVICE_TYPES),
  isMuted: fc.boolean(),
  isVideoOn: fc.boolean(),
});
const anyCommand: fc.Arbitrary<ParticipantCommand> = fc.oneof(
  { weight: 1, arbitrary: seat },
  {
    weight: 3,
    arbitrary: anyRecord({ ...issued, type: fc.constant('ConnectParticipant'), connectionId: anyId }),
  },
  {
    weight: 2,
    arbitrary: anyRecord({ ...issued, type: fc.constant('DisconnectParticipant'), connectionId: anyId }),
  },
  {
    weight: 6,
    arbitrary: anyRecord({
      ...issued,
      type: fc.constant('UpdateStatus'),
      byRole: fc.constantFrom(...MEETING_ROLES),
      may: anyRecord({ microphone: fc.boolean(), camera: fc.boolean(), screenShare: fc.boolean() }),
      isMuted: flag,
      isVideoOn: flag,
      isScreenSharing: flag,
      isHandRaised: flag,
    }),
  },
  {
    weight: 8,
    arbitrary: anyRecord({
      ...issued,
      type: fc.constant('OpenProducer'),
      producerId: anyId,
      source: fc.constantFrom(...MEDIA_SOURCES),
      kind: fc.constantFrom(...MEDIA_KINDS),
      may: anyRecord({ microphone: fc.boolean(), camera: fc.boolean(), screenShare: fc.boolean() }),
      mediaWorkerId: fc.constantFrom('w1', 'w1', 'w1', 'w2'),
    }),
  },
  { weight: 3, arbitrary: anyRecord({ ...issued, type: fc.constant('CloseProducer'), producerId: anyId }) },
  {
    weight: 2,
    arbitrary: anyRecord({
      by: fc.constantFrom(OWNER, SYSTEM, SYSTEM),
      at: fc.constant(at),
      type: fc.constant('RecordSpeech'),
      seconds: fc.oneof(fc.constantFrom(0, 0.04, -1), fc.double(), fc.double({ min: 0.05, max: 30 })),
      measuredAt: fc.constant(at),
    }),
  },
);
const anyCommands = fc
  .tuple(fc.array(anyCommand, { maxLength: 2 }), seat, fc.array(anyCommand, { maxLength: 40, size: 'max' }))
  .map(([before, seat, after]) => [...before, seat, ...after]);

type ParticipantStep = Step<ParticipantState, ParticipantCommand, ParticipantEvent>;
const always = (check: (step: ParticipantStep, log: readonly ParticipantEvent[]) => void): void =>
  fc.assert(
    fc.property(anyCommands, commands =>
      runSequence(Participant, commands).forEach(step => check(step, [...step.history, ...step.events])),
    ),
    { numRuns: 100 },
  );

/** How the log says that a flag stands: by the last event that speaks of it. */
const lastOf = (log: readonly ParticipantEvent[], ...types: readonly ParticipantEvent['type'][]) =>
  log.findLast(({ type }) => types.includes(type))?.type;
const QUIETER = ['AudioMuted', 'VideoTurnedOff', 'ScreenShareStopped', 'HandLowered'];

describe('after any sequence of commands', () => {
  it('the events are plain JSON and lead to the same state again, from the beginning and from any snapshot', () =>
    fc.assert(
      fc.property(anyCommands, commands => expectReplayable(Participant, runSequence(Participant, commands))),
      { numRuns: 100 },
    ));

  it('the first event takes the seat, and no other does', () =>
    always(({ after }, log) => {
      log.forEach(({ type }, index) => expect(type === 'ParticipantSeated').toBe(index === 0));
      expect(after.seated).toBe(log.length > 0);
      if (after.seated)
        expect(after).toMatchObject({ participantId: 'p1', userId: OWNER.userId, meetingId: 'm1' });
    }));

  it('microphone, camera, screen and hand are as they were told last', () =>
    always(({ after }, log) => {
      const [seated] = log;
      if (seated?.type !== 'ParticipantSeated') return;
      const { isMuted, isVideoOn } = seated.data;
      const now = (
        set: ParticipantEvent['type'],
        cleared: ParticipantEvent['type'],
        first: boolean,
      ): boolean => {
        const last = lastOf(log, set, cleared);
        return last === undefined ? first : last === set;
      };
      expect(after.isMuted).toBe(now('AudioMuted', 'AudioUnmuted', isMuted));
      expect(after.isVideoOn).toBe(now('VideoTurnedOn', 'VideoTurnedOff', isVideoOn));
      expect(after.isScreenSharing).toBe(now('ScreenShareStarted', 'ScreenShareStopped', false));
      expect(after.isHandRaised).toBe(now('HandRaised', 'HandLowered', false));
    }));

  it('the producers are those that opened and did not close since, each as it opened', () =>
    always(({ after }, log) => {
      const ids = new Set(
        log.flatMap(event => (event.type === 'ProducerOpened' ? [event.data.producerId] : [])),
      );
      const open = [...ids].flatMap(id => {
        const last = log.findLast(
          event =>
            (event.type === 'ProducerOpened' || event.type === 'ProducerClosed') &&
            event.data.producerId === id,
        );
        return last?.type === 'ProducerOpened' ? [last.data] : [];
      });
      expect(Object.keys(after.producers).sort()).toEqual(open.map(({ producerId }) => producerId).sort());
      for (const { producerId, kind, source, mediaWorkerId } of open) {
        expect(Object.getOwnPropertyDescriptor(after.producers, producerId)?.value).toEqual({
          producerId,
          kind,
          source,
          mediaWorkerId,
        });
      }
    }));

  it('all producers run on one worker, and each sends what its source gives', () =>
    always(({ after }) => {
      const producers = Object.values(after.producers);
      expect(new Set(producers.map(({ mediaWorkerId }) => mediaWorkerId)).size).toBeLessThanOrEqual(1);
      for (const { kind, source } of producers) expect(kind).toBe(SOURCE_KINDS[source]);
    }));

  it('the connections are those that opened and did not close since, each once', () =>
    always(({ after }, log) => {
      const open = [...['x1', 'x2'], ...HOSTILE_IDS].filter(id => {
        const last = log.findLast(
          event =>
            (event.type === 'ParticipantConnected' || event.type === 'ParticipantDisconnected') &&
            event.data.connectionId === id,
        );
        return last?.type === 'ParticipantConnected';
      });
      expect([...after.connections].sort()).toEqual(open.sort());
    }));
});

describe('in any sequence of commands', () => {
  it('others at most quieten, as host, co-host or Parley; strangers change nothing', () =>
    always(({ command, events }) => {
      if (command.by.userId === OWNER.userId || command.type === 'SeatParticipant') return;
      if (command.type !== 'UpdateStatus') {
        if (events.length > 0) expect(isAdmin(command.by)).toBe(true);
        expect(events.map(({ type }) => type)).not.toContain('ProducerOpened');
        return;
      }
      for (const { type } of events) expect(QUIETER).toContain(type);
      if (events.length > 0)
        expect(isAdmin(command.by) || ['host', 'co-host'].includes(command.byRole)).toBe(true);
    }));

  it('no event says what is so already, but for speech, of which each is news', () =>
    always(({ before, after, events }) => {
      const states = events.filter(({ type }) => type !== 'ParticipantSpoke');
      if (states.length > 0) expect(after).not.toEqual(before);
    }));

  it('speech is recorded by Parley alone, is never nothing, and changes nothing else', () =>
    always(({ command, before, after, events }) => {
      for (const event of events) {
        if (event.type !== 'ParticipantSpoke') continue;
        expect(isAdmin(command.by)).toBe(true);
        expect(event.data.seconds).toBeGreaterThan(0);
        expect(after).toEqual(before);
      }
    }));

  it('no screen is shared where the meeting forbids it', () =>
    always(({ command, events }) => {
      const shares = events.some(
        event =>
          event.type === 'ScreenShareStarted' ||
          (event.type === 'ProducerOpened' && ['screen', 'screen-audio'].includes(event.data.source)),
      );
      if (shares) expect(command).toMatchObject({ may: { screenShare: true } });
    }));
});

it('the sequences tried lead to every kind of event that a participant has', () => {
  const seen = new Set(
    fc
      .sample(anyCommands, { numRuns: 200, seed: 1 })
      .flatMap(commands =>
        runSequence(Participant, commands).flatMap(({ events }) => events.map(({ type }) => type)),
      ),
  );
  expect(seen.size).toBe(14);
});

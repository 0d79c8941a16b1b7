import fc from 'fast-check';
import { anyRecord, HOSTILE_IDS } from '../any-sequence.js';
import { MEETING_ROLES } from '../meeting-role.js';
import { type Principal, SYSTEM } from '../principal.js';
import type { MeetingCommand } from './meeting-commands.js';

const USERS: readonly Principal[] = [
  ...['ada', 'grace', ...HOSTILE_IDS].map(userId => ({ userId, name: `Name of ${userId}`, roles: [] })),
  // The same user with and without a system-wide role: a token may change between two requests.
  { userId: 'grace', name: 'Grace', roles: ['admin'] },
  { userId: 'nosy', name: 'Nosy', email: 'nosy@example.org', roles: ['analyst'] },
  SYSTEM,
];

type Wish = {
  [T in MeetingCommand['type']]: Omit<Extract<MeetingCommand, { type: T }>, 'by' | 'at'>;
}[MeetingCommand['type']];

const mostly = (usual: boolean): fc.Arbitrary<boolean> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constant(!usual) });
const anyPermission = fc.constantFrom('all', 'host', 'host', 'none');
const createMeeting = anyRecord({
  startNow: mostly(true),
  passwordHash: fc.option(fc.constant('scrypt$secret'), { freq: 2 }),
  settings: anyRecord({
    maxParticipants: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 1, max: 3 }) },
      { weight: 1, arbitrary: fc.integer({ max: 0 }) },
    ),
    waitingRoomEnabled: fc.boolean(),
    autoRecord: fc.boolean(),
    recordingPermission: anyPermission,
    screenSharePermission: anyPermission,
    chatPermission: anyPermission,
    anonymousJoinAllowed: mostly(true),
    allowedDomains: fc.constant([]),
    blockedUsers: fc.constant([]),
    muteOnEntry: fc.boolean(),
    cameraDisabled: fc.boolean(),
    locked: mostly(false),
  }),
}).map(({ startNow, settings, passwordHash }) => ({
  type: 'CreateMeeting' as const,
  meetingId: 'm1',
  meetingNumber: '123456789',
  title: 'Weekly',
  startNow,
  settings: passwordHash === null ? settings : { ...settings, passwordHash },
}));

const wishOf = (users: readonly Principal[]): fc.Arbitrary<Wish> => {
  const userId = fc.constantFrom(...users.map(user => user.userId));
  const worker = fc.constantFrom('w1', 'w2');
  const weighted = (weight: number, arbitrary: fc.Arbitrary<Wish>) => ({ weight, arbitrary });
  return fc.oneof(
    weighted(1, createMeeting),
    weighted(2, fc.constant({ type: 'StartMeeting' })),
    weighted(1, fc.constant({ type: 'EndMeeting' })),
    weighted(
      20,
      mostly(true).map(passwordMatches => ({
        type: 'JoinMeeting',
        participantId: 'set below',
        displayName: 'Somebody',
        passwordMatches,
      })),
    ),
    weighted(
      8,
      anyRecord({
        type: fc.constant('LeaveMeeting'),
        userId,
        reason: fc.constantFrom('left', 'disconnected', 'removed'),
      }),
    ),
    weighted(8, anyRecord({ type: fc.constant('AdmitParticipant'), userId })),
    weighted(6, anyRecord({ type: fc.constant('DenyParticipant'), userId })),
    weighted(
      8,
      anyRecord({ type: fc.constant('ChangeRole'), userId, role: fc.constantFrom(...MEETING_ROLES) }),
    ),
    weighted(
      3,
      anyRecord({
        type: fc.constant('PlaceMedia'),
        mediaWorkerId: worker,
        replaces: fc.option(worker, { nil: undefined }),
      }),
    ),
    weighted(4, fc.constant({ type: 'StartRecording', recordingId: 'set below' })),
    weighted(2, fc.constant({ type: 'StopRecording' })),
  );
};

const issued = (index: number, by: Principal, wish: Wish): MeetingCommand => {
  const command = { ...wish, by, at: new Date(Date.UTC(2026, 10, 22) + index * 1000).toISOString() };
  // Ids are new ones each time, as the callers of the aggregate make them.
  if (command.type === 'JoinMeeting') return { ...command, participantId: `p${index}` };
  if (command.type === 'StartRecording') return { ...command, recordingId: `r${index}` };
  return command;
};

/**
 * Sequences by a few users about a meeting, most of it after its creation. Its host issues more than an equal share, so that
 * things go forward as well as wrong.
 */
export const anyMeetingCommands: fc.Arbitrary<readonly MeetingCommand[]> = fc
  .shuffledSubarray([...USERS], { minLength: 3, maxLength: 4 })
  .chain(users => {
    const [host, ...others] = users as [Principal, ...Principal[]];
    const wish = wishOf(users);
    const anybody = fc.constantFrom(...users);
    const by = fc.oneof(fc.constant(host), fc.constantFrom(...others));
    return fc.tuple(
      fc.array(fc.tuple(anybody, wish), { maxLength: 2 }),
      createMeeting.map(create => [host, create] as const),
      fc.array(fc.tuple(by, wish), { maxLength: 50, size: 'max' }),
    );
  })
  .map(([stray, create, rest]) =>
    [...stray, create, ...rest].map(([by, wish], index) => issued(index, by, wish)),
  );

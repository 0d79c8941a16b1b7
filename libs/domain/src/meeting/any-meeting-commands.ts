import fc from 'fast-check';
import { anyRecord, HOSTILE_IDS } from '../any-sequence.js';
import { MEETING_ROLES } from '../meeting-role.js';
import { type Principal, SYSTEM } from '../principal.js';
import type { MeetingCommand } from './meeting-commands.js';
import type { MeetingSettings } from './meeting-events.js';
import { DEFAULT_SETTINGS } from './meeting-state.js';

const USERS: readonly Principal[] = [
  ...['ada', 'grace', ...HOSTILE_IDS].map(userId => ({ userId, name: `Name of ${userId}`, roles: [] })),
  { userId: 'linus', name: 'Linus', email: 'linus@Example.com', roles: [] },
  { userId: 'visitor', name: 'Visitor', roles: ['guest'] },
  // The same user with and without a system-wide role: a token may change between two requests.
  { userId: 'grace', name: 'Grace', roles: ['admin'] },
  { userId: 'nosy', name: 'Nosy', email: 'nosy@example.org', roles: ['analyst'] },
  SYSTEM,
];

type Wish = {
  [T in MeetingCommand['type']]: Omit<Extract<MeetingCommand, { type: T }>, 'by' | 'at'>;
}[MeetingCommand['type']];

const timeOf = (index: number, minutes = 0): string =>
  new Date(Date.UTC(2026, 10, 22, 0, minutes) + index * 1000).toISOString();

const mostly = (usual: boolean): fc.Arbitrary<boolean> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constant(!usual) });
const anyPermission = fc.constantFrom('all', 'host', 'host', 'none');
const anyBlocked = fc.subarray([...USERS.map(user => user.userId)], { maxLength: 2 });
const anySettings = anyRecord<Omit<MeetingSettings, 'passwordHash'>>({
  maxParticipants: fc.oneof(
    { weight: 20, arbitrary: fc.integer({ min: 1, max: 6 }) },
    { weight: 1, arbitrary: fc.integer({ max: 0 }) },
  ),
  waitingRoomEnabled: fc.boolean(),
  autoRecord: fc.boolean(),
  recordingPermission: anyPermission,
  screenSharePermission: anyPermission,
  chatPermission: anyPermission,
  anonymousJoinAllowed: mostly(true),
  allowedDomains: fc.oneof({ weight: 9, arbitrary: fc.constant([]) }, fc.constant(['example.com'])),
  blockedUsers: fc.oneof({ weight: 9, arbitrary: fc.constant([]) }, anyBlocked),
  muteOnEntry: fc.boolean(),
  cameraDisabled: fc.boolean(),
  locked: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.boolean()),
});
const createMeeting = anyRecord({
  startNow: mostly(true),
  passwordHash: fc.option(fc.constant('scrypt$secret'), { freq: 2 }),
  settings: anySettings,
}).map(({ startNow, settings, passwordHash }) => ({
  type: 'CreateMeeting' as const,
  meetingId: 'm1',
  meetingNumber: '123456789',
  title: 'Weekly',
  startNow,
  settings: passwordHash === null ? settings : { ...settings, passwordHash },
}));

/** A few fields of the policy, and rarely the password. */
const applyPolicy = fc
  .tuple(
    anySettings,
    fc.subarray(Object.keys(DEFAULT_SETTINGS), { minLength: 0, maxLength: 3 }),
    fc.integer(),
  )
  .map(([settings, fields, password]): Wish => ({
    type: 'ApplySecurityPolicy',
    changes: Object.fromEntries(Object.entries(settings).filter(([key]) => fields.includes(key))),
    ...(password % 4 === 1 && { passwordRequired: true, passwordHash: 'scrypt$other' }),
    ...(password % 4 === 2 && { passwordRequired: password > 0 }),
  }));
/** Ids of breakout rooms, some of which are hostile, too. */
const ROOMS = ['b1', 'b2', '__proto__'] as const;
const openBreakout = anyRecord<Extract<Wish, { type: 'OpenBreakoutRooms' }>>({
  type: fc.constant('OpenBreakoutRooms'),
  rooms: fc
    .oneof(
      { weight: 9, arbitrary: fc.subarray([...ROOMS], { minLength: 1 }) },
      { weight: 1, arbitrary: fc.constantFrom([], ['b1', 'b1']) },
    )
    .chain(ids =>
      fc.tuple(
        ...ids.map(roomId =>
          fc
            .tuple(fc.constantFrom(1, 1, 2, null), fc.boolean(), fc.boolean())
            .map(([capacity, allowChat, allowScreenShare]) => ({
              ...{ roomId, name: `Room ${roomId}`, allowChat, allowScreenShare },
              ...(capacity !== null && { capacity }),
            })),
        ),
      ),
    ),
  autoAssign: fc.boolean(),
  participantsMayChoose: fc.boolean(),
  participantsMayReturn: fc.boolean(),
  timeLimitMinutes: fc.option(fc.constantFrom(0, 5), { nil: undefined }),
});
/** When the rooms that were opened last close, or when none do. */
const closesAt = fc.constantFrom('set below', 'set below', '2026-11-22T00:00:00.500Z');

const JOIN: Wish = {
  type: 'JoinMeeting',
  participantId: 'set below',
  displayName: 'Somebody',
  passwordMatches: true,
};
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
      mostly(true).map(passwordMatches => ({ ...JOIN, passwordMatches })),
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
    weighted(2, anyRecord({ type: fc.constantFrom('AdmitParticipant', 'DenyParticipant') })),
    weighted(2, anyRecord({ type: fc.constant('StopWaiting'), userId })),
    weighted(1, fc.constant({ type: 'CancelMeeting' })),
    weighted(8, applyPolicy),
    weighted(10, openBreakout),
    weighted(3, fc.constant({ type: 'AutoAssignBreakoutRooms' })),
    weighted(
      20,
      anyRecord({ type: fc.constant('AssignBreakoutRoom'), userId, roomId: fc.constantFrom(...ROOMS) }),
    ),
    weighted(5, anyRecord({ type: fc.constant('ReturnFromBreakoutRoom'), userId })),
    weighted(3, anyRecord({ type: fc.constant('AnnounceBreakoutRoomsClose'), closesAt })),
    weighted(2, anyRecord({ type: fc.constant('CloseBreakoutRooms'), closesAt })),
    weighted(1, fc.constant({ type: 'CloseBreakoutRooms' })),
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

const issued = (index: number, by: Principal, wish: Wish, closing: string): MeetingCommand => {
  const command = { ...wish, by, at: timeOf(index) };
  // Ids are new ones each time, as the callers of the aggregate make them.
  if (command.type === 'JoinMeeting') return { ...command, participantId: `p${index}` };
  if (command.type === 'StartRecording') return { ...command, recordingId: `r${index}` };
  if (!('closesAt' in command)) return command;
  const due = command.closesAt === 'set below' ? { closesAt: closing } : {};
  // Parley's own word most of the time, as it should be.
  return { ...command, ...due, by: index % 4 === 0 ? by : SYSTEM };
};

const issuedInTurn = (wishes: readonly (readonly [Principal, Wish])[]): readonly MeetingCommand[] => {
  let closing = timeOf(0, 5);
  return wishes.map(([by, wish], index) => {
    if (wish.type === 'OpenBreakoutRooms') closing = timeOf(index, wish.timeLimitMinutes);
    return issued(index, by, wish, closing);
  });
};

/**
 * Sequences by a few users about a meeting, most of it after its creation. Its host issues more than an equal share, so that
 * things go forward as well as wrong.
 */
export const anyMeetingCommands: fc.Arbitrary<readonly MeetingCommand[]> = fc
  .shuffledSubarray([...USERS], { minLength: 3, maxLength: 5 })
  .chain(users => {
    const [host, ...others] = users as [Principal, ...Principal[]];
    const wish = wishOf(users);
    const anybody = fc.constantFrom(...users);
    const by = fc.oneof(fc.constant(host), fc.constantFrom(...others));
    return fc.tuple(
      fc.array(fc.tuple(anybody, wish), { maxLength: 2 }),
      createMeeting.map(create => [host, create] as const),
      fc.shuffledSubarray([...users, ...others]).map(coming => coming.map(user => [user, JOIN] as const)),
      fc.array(fc.tuple(by, wish), { maxLength: 50, size: 'max' }),
    );
  })
  .map(([stray, create, coming, rest]) => issuedInTurn([...stray, create, ...coming, ...rest]));

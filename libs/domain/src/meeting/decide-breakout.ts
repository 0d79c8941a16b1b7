import { DomainError } from '../domain-error.js';
import { ownEntry } from '../own-entry.js';
import { isAdmin } from '../principal.js';
import { moderates, requireActive, requireHost, requireModerator } from './meeting-changes.js';
import type { BreakoutCommand, OpenBreakoutRooms } from './meeting-commands.js';
import type { AssignmentType, BreakoutRoom, BreakoutRoomAssigned, MeetingEvent } from './meeting-events.js';
import type { Breakout, MeetingState, Seat } from './meeting-state.js';
import { permissionsOf } from './permissions.js';

export const MAX_BREAKOUT_ROOMS = 50;
/** Minutes: a day. */
export const MAX_BREAKOUT_MINUTES = 1440;

type Occupied = { readonly room: BreakoutRoom; people: number };
const occupationOf = (rooms: readonly BreakoutRoom[], state: MeetingState): Occupied[] =>
  rooms.map(room => ({
    room,
    people: Object.values(state.roster).filter(seat => seat.breakoutRoomId === room.roomId).length,
  }));
const hasPlace = ({ room, people }: Occupied): boolean => people < (room.capacity ?? Infinity);

/** Each of those in the main room but host and co-hosts, in the order they came, to the emptiest room that has a place. */
const spread = (
  state: MeetingState,
  rooms: readonly BreakoutRoom[],
  by: string,
  at: string,
): MeetingEvent[] => {
  const occupied = occupationOf(rooms, state);
  return Object.values(state.roster)
    .filter(seat => seat.breakoutRoomId === undefined && !permissionsOf(state, seat.userId).moderate)
    .sort((one, other) => (one.joinedAt < other.joinedAt ? -1 : one.joinedAt > other.joinedAt ? 1 : 0))
    .flatMap(seat => {
      const [emptiest] = occupied.filter(hasPlace).sort((one, other) => one.people - other.people);
      if (!emptiest) return [];
      emptiest.people += 1;
      return [assigned(state.meetingId, seat, emptiest.room.roomId, 'auto', by, at)];
    });
};

const assigned = (
  meetingId: string,
  { participantId, userId }: Seat,
  roomId: string,
  assignmentType: AssignmentType,
  assignedBy: string,
  assignedAt: string,
): BreakoutRoomAssigned => ({
  type: 'BreakoutRoomAssigned',
  data: { meetingId, participantId, userId, roomId, assignmentType, assignedBy, assignedAt },
});

const requireRooms = ({ rooms, timeLimitMinutes }: OpenBreakoutRooms): void => {
  const wrong = (field: string, says: string): never => {
    throw new DomainError('VALIDATION_FAILED', { [field]: says });
  };
  const whole = (value: number, most: number): boolean =>
    Number.isSafeInteger(value) && value >= 1 && value <= most;
  if (!whole(rooms.length, MAX_BREAKOUT_ROOMS))
    wrong('room_count', `must be from 1 to ${MAX_BREAKOUT_ROOMS}`);
  if (new Set(rooms.map(room => room.roomId)).size < rooms.length) wrong('rooms', 'must have different ids');
  rooms.forEach(({ capacity }, index) => {
    if (capacity !== undefined && !whole(capacity, Number.MAX_SAFE_INTEGER))
      wrong(`rooms.${index}.capacity`, 'must be a whole number from 1');
  });
  if (timeLimitMinutes !== undefined && !whole(timeLimitMinutes, MAX_BREAKOUT_MINUTES))
    wrong('time_limit_minutes', `must be a whole number from 1 to ${MAX_BREAKOUT_MINUTES}`);
};

const openRooms = (state: MeetingState, command: OpenBreakoutRooms): readonly MeetingEvent[] => {
  const { meetingId } = state;
  const { by, at, rooms, participantsMayChoose, participantsMayReturn, timeLimitMinutes } = command;
  requireHost(state, by);
  requireActive(state);
  if (state.breakout) throw new DomainError('BREAKOUT_ROOMS_ALREADY_OPEN');
  requireRooms(command);
  const closesAt =
    timeLimitMinutes !== undefined && new Date(Date.parse(at) + timeLimitMinutes * 60_000).toISOString();
  return [
    {
      type: 'BreakoutRoomsOpened',
      data: {
        meetingId,
        rooms,
        participantsMayChoose,
        participantsMayReturn,
        ...(closesAt && { timeLimitMinutes, closesAt }),
        openedBy: by.userId,
        openedAt: at,
      },
    },
    ...(command.autoAssign ? spread(state, rooms, by.userId, at) : []),
  ];
};

const requireBreakout = (state: MeetingState): Breakout => {
  requireActive(state);
  if (!state.breakout) throw new DomainError('BREAKOUT_ROOMS_NOT_OPEN');
  return state.breakout;
};

/** Everybody back in the main room. */
export const breakoutClosed = (
  { meetingId, breakout }: MeetingState,
  reason: 'closed' | 'time-limit' | 'meeting-ended',
  closedBy: string,
  closedAt: string,
): MeetingEvent[] =>
  breakout ? [{ type: 'BreakoutRoomsClosed', data: { meetingId, reason, closedBy, closedAt } }] : [];

export const decideBreakout = (state: MeetingState, command: BreakoutCommand): readonly MeetingEvent[] => {
  const { meetingId } = state;
  const { by, at } = command;
  switch (command.type) {
    case 'OpenBreakoutRooms':
      return openRooms(state, command);
    case 'AutoAssignBreakoutRooms': {
      requireModerator(state, by);
      const { rooms } = requireBreakout(state);
      return spread(state, rooms, by.userId, at);
    }
    case 'AssignBreakoutRoom': {
      const { userId, roomId } = command;
      const own = userId === by.userId;
      if (!own) requireModerator(state, by);
      const { rooms, participantsMayChoose } = requireBreakout(state);
      const seat = ownEntry(state.roster, userId);
      if (!seat) throw new DomainError('PARTICIPANT_NOT_FOUND', { user_id: userId });
      if (own && !participantsMayChoose && !moderates(state, by)) {
        throw new DomainError(
          'INSUFFICIENT_PERMISSION',
          {},
          'The host assigns the breakout rooms of this meeting',
        );
      }
      const room = occupationOf(rooms, state).find(one => one.room.roomId === roomId);
      if (!room) throw new DomainError('BREAKOUT_ROOM_NOT_FOUND', { breakout_room_id: roomId });
      if (seat.breakoutRoomId === roomId) return [];
      if (!hasPlace(room)) throw new DomainError('BREAKOUT_ROOM_FULL', { capacity: room.room.capacity });
      return [assigned(meetingId, seat, roomId, own ? 'self' : 'manual', by.userId, at)];
    }
    case 'ReturnFromBreakoutRoom': {
      const { userId } = command;
      if (userId !== by.userId) requireModerator(state, by);
      requireActive(state);
      const seat = ownEntry(state.roster, userId);
      if (!seat) throw new DomainError('PARTICIPANT_NOT_FOUND', { user_id: userId });
      const { participantId, breakoutRoomId: roomId } = seat;
      // Also when the rooms are closed already: whoever wants to be back is.
      if (roomId === undefined) return [];
      if (!state.breakout?.participantsMayReturn && !moderates(state, by)) {
        throw new DomainError(
          'INSUFFICIENT_PERMISSION',
          {},
          'Those in the breakout rooms of this meeting go back when the host says so',
        );
      }
      return [
        {
          type: 'BreakoutRoomLeft',
          data: { meetingId, participantId, userId, roomId, leftBy: by.userId, leftAt: at },
        },
      ];
    }
    case 'AnnounceBreakoutRoomsClose': {
      if (!isAdmin(by)) throw new DomainError('INSUFFICIENT_PERMISSION');
      const { closesAt } = command;
      const due = state.breakout?.closesAt === closesAt && !state.breakout.closeAnnounced;
      return due
        ? [{ type: 'BreakoutRoomsCloseAnnounced', data: { meetingId, closesAt, announcedAt: at } }]
        : [];
    }
    case 'CloseBreakoutRooms': {
      requireHost(state, by);
      if (command.closesAt !== undefined) {
        if (!isAdmin(by)) throw new DomainError('INSUFFICIENT_PERMISSION');
        return state.breakout?.closesAt === command.closesAt
          ? breakoutClosed(state, 'time-limit', by.userId, at)
          : [];
      }
      requireBreakout(state);
      return breakoutClosed(state, 'closed', by.userId, at);
    }
  }
};

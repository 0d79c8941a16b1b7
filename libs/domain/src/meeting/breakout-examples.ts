import type { Principal } from '../principal.js';
import { at, meetingId } from './meeting-examples.js';
import type { OpenBreakoutRooms } from './meeting-commands.js';
import type {
  AssignmentType,
  BreakoutRoom,
  BreakoutRoomsCloseReason,
  BreakoutRoomsOpened,
  MeetingEvent,
} from './meeting-events.js';

/** Support for tests: breakout rooms of the meeting of `meeting-examples.ts`. */

export const room = (roomId: string, more: Partial<BreakoutRoom> = {}): BreakoutRoom => ({
  ...{ roomId, name: `Room ${roomId}`, allowChat: true, allowScreenShare: true },
  ...more,
});
/** Two rooms, to which and from which all may go as they like. */
export const opened = (more: Partial<BreakoutRoomsOpened['data']> = {}): BreakoutRoomsOpened => ({
  type: 'BreakoutRoomsOpened',
  data: {
    ...{
      meetingId,
      rooms: [room('b1'), room('b2')],
      participantsMayChoose: true,
      participantsMayReturn: true,
    },
    ...{ openedBy: 'ada', openedAt: at },
    ...more,
  },
});
export const assigned = (
  userId: string,
  roomId: string,
  assignmentType: AssignmentType = 'manual',
  assignedBy = 'ada',
): MeetingEvent => ({
  type: 'BreakoutRoomAssigned',
  data: {
    meetingId,
    participantId: `p-${userId}`,
    userId,
    roomId,
    assignmentType,
    assignedBy,
    assignedAt: at,
  },
});
export const returned = (userId: string, roomId: string, leftBy = userId): MeetingEvent => ({
  type: 'BreakoutRoomLeft',
  data: { meetingId, participantId: `p-${userId}`, userId, roomId, leftBy, leftAt: at },
});
export const announced = (closesAt: string): MeetingEvent => ({
  type: 'BreakoutRoomsCloseAnnounced',
  data: { meetingId, closesAt, announcedAt: at },
});
export const closed = (reason: BreakoutRoomsCloseReason = 'closed', closedBy = 'ada'): MeetingEvent => ({
  type: 'BreakoutRoomsClosed',
  data: { meetingId, reason, closedBy, closedAt: at },
});

export const open = (by: Principal, more: Partial<OpenBreakoutRooms> = {}): OpenBreakoutRooms => ({
  ...{ type: 'OpenBreakoutRooms', by, at, rooms: [room('b1'), room('b2')], autoAssign: false },
  ...{ participantsMayChoose: true, participantsMayReturn: true },
  ...more,
});
export const spread = (by: Principal) => ({ type: 'AutoAssignBreakoutRooms', by, at }) as const;
export const assign = (by: Principal, userId: string, roomId: string) =>
  ({ type: 'AssignBreakoutRoom', by, at, userId, roomId }) as const;
export const goBack = (by: Principal, userId = by.userId) =>
  ({ type: 'ReturnFromBreakoutRoom', by, at, userId }) as const;
export const announce = (by: Principal, closesAt: string) =>
  ({ type: 'AnnounceBreakoutRoomsClose', by, at, closesAt }) as const;
export const close = (by: Principal, closesAt?: string) =>
  ({ type: 'CloseBreakoutRooms', by, at, ...(closesAt !== undefined && { closesAt }) }) as const;

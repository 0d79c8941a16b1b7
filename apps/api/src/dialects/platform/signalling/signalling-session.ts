import type { Principal } from '#libs/domain';
import type { DefaultEventsMap, Socket } from 'socket.io';

/** What the server knows of one signalling connection. */
export interface SignallingSession {
  readonly principal: Principal;
  /** The seat taken over this connection, by meeting. */
  readonly seats: Map<string, string>;
  /** Meetings in whose waiting room this connection waits, with the join it will repeat once admitted. */
  readonly waiting: Map<string, () => Promise<void>>;
  /** What it was told last that its user may do, as JSON, by meeting. */
  readonly permissions: Map<string, string>;
}

export type SignallingSocket = Socket<
  DefaultEventsMap,
  DefaultEventsMap,
  DefaultEventsMap,
  SignallingSession
>;

/** Socket.IO room of all connections that are in a meeting. */
export const meetingRoom = (meetingId: string): string => `meeting:${meetingId}`;
/** Socket.IO room of all connections that wait for a meeting. */
export const waitingRoom = (meetingId: string): string => `waiting:${meetingId}`;
/** Socket.IO room of one user's connections that are in a meeting or wait for it. */
export const userRoom = (meetingId: string, userId: string): string => `meeting:${meetingId}:user:${userId}`;

/** Nothing of the meeting reaches this connection any more. */
export const forgetMeeting = (socket: SignallingSocket, meetingId: string): void => {
  const { seats, waiting, permissions, principal } = socket.data;
  seats.delete(meetingId);
  waiting.delete(meetingId);
  permissions.delete(meetingId);
  for (const room of [
    meetingRoom(meetingId),
    waitingRoom(meetingId),
    userRoom(meetingId, principal.userId),
  ]) {
    void socket.leave(room);
  }
};

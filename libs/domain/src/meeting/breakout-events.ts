import type { DomainEvent } from '../aggregate.js';
import type { Integer, IsoTime } from '../field-types.js';

type E<Type extends string, Data> = DomainEvent<
  Type,
  {
    /** Id of the meeting. */
    readonly meetingId: string;
  } & Data
>;

export interface BreakoutRoom {
  /** Id of the breakout room. */
  readonly roomId: string;
  /** What it is called. */
  readonly name: string;
  /** What it is for. */
  readonly description?: string;
  /** How many may be in it at a time; without, any number. */
  readonly capacity?: Integer;
  /** Whether those in it may write to each other; host and co-hosts may anyway. */
  readonly allowChat: boolean;
  /** Whether those in it may share a screen; host and co-hosts may anyway. */
  readonly allowScreenShare: boolean;
}
/**
 * The meeting has breakout rooms: who is in one sees and hears only those who are in it, too.
 * @by the host or an administrator
 */
export type BreakoutRoomsOpened = E<
  'BreakoutRoomsOpened',
  {
    /** The rooms; everybody is in the main room at first. */
    readonly rooms: readonly BreakoutRoom[];
    /** Whether participants may go to a room of their choice. */
    readonly participantsMayChoose: boolean;
    /** Whether participants may go back to the main room by themselves. */
    readonly participantsMayReturn: boolean;
    /** After how many minutes the rooms close. */
    readonly timeLimitMinutes?: Integer;
    /** When the rooms close by themselves. */
    readonly closesAt?: IsoTime;
    /** User id of who opened them. */
    readonly openedBy: string;
    /** When they were opened. */
    readonly openedAt: IsoTime;
  }
>;
/** Who put a participant into a breakout room: host or co-host, Parley evenly, or the participant. */
export const ASSIGNMENT_TYPES = ['manual', 'auto', 'self'] as const;
export type AssignmentType = (typeof ASSIGNMENT_TYPES)[number];
/**
 * A participant is in this breakout room from now on.
 * @by the host, a co-host or an administrator; the participant, where that is allowed
 */
export type BreakoutRoomAssigned = E<
  'BreakoutRoomAssigned',
  {
    /** Id of the seat. */
    readonly participantId: string;
    /** Id of the user whose seat it is. */
    readonly userId: string;
    /** Id of the breakout room. */
    readonly roomId: string;
    /** By a moderator's hand, evenly, or by own choice. */
    readonly assignmentType: AssignmentType;
    /** User id of who assigned. */
    readonly assignedBy: string;
    /** When the participant came in. */
    readonly assignedAt: IsoTime;
  }
>;
/**
 * A participant went back from a breakout room to the main room.
 * @by the participant, where that is allowed; the host, a co-host or an administrator
 */
export type BreakoutRoomLeft = E<
  'BreakoutRoomLeft',
  {
    /** Id of the seat. */
    readonly participantId: string;
    /** Id of the user whose seat it is. */
    readonly userId: string;
    /** Id of the breakout room that was left. */
    readonly roomId: string;
    /** User id of who wanted it. */
    readonly leftBy: string;
    /** When the participant left the room. */
    readonly leftAt: IsoTime;
  }
>;
/**
 * The breakout rooms will close soon, since their time limit comes.
 * @by Parley itself
 */
export type BreakoutRoomsCloseAnnounced = E<
  'BreakoutRoomsCloseAnnounced',
  {
    /** When the rooms will close. */
    readonly closesAt: IsoTime;
    /** When it was announced. */
    readonly announcedAt: IsoTime;
  }
>;
export type BreakoutRoomsCloseReason = 'closed' | 'time-limit' | 'meeting-ended';
/**
 * The breakout rooms are gone, and everybody is back in the main room.
 * @by the host or an administrator; who ends the meeting; Parley itself, when the time limit has come
 */
export type BreakoutRoomsClosed = E<
  'BreakoutRoomsClosed',
  {
    /** Why: by somebody's wish, the time limit, or the end of the meeting. */
    readonly reason: BreakoutRoomsCloseReason;
    /** User id of who closed them; `system` is Parley itself. */
    readonly closedBy: string;
    /** When they were closed. */
    readonly closedAt: IsoTime;
  }
>;

export type BreakoutEvent =
  | BreakoutRoomsOpened
  | BreakoutRoomAssigned
  | BreakoutRoomLeft
  | BreakoutRoomsCloseAnnounced
  | BreakoutRoomsClosed;

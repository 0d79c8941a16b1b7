import type { MeetingRole } from '../meeting-role.js';
import type { Issued } from '../principal.js';
import type { BreakoutRoom, LeaveReason, MeetingSettings } from './meeting-events.js';

export interface CreateMeeting extends Issued {
  readonly type: 'CreateMeeting';
  readonly meetingId: string;
  readonly meetingNumber: string;
  readonly title: string;
  readonly description?: string;
  readonly scheduledStartTime?: string;
  readonly scheduledEndTime?: string;
  readonly settings: MeetingSettings;
  /** Starts the meeting with its creation. */
  readonly startNow: boolean;
}
export interface StartMeeting extends Issued {
  readonly type: 'StartMeeting';
}
export interface EndMeeting extends Issued {
  readonly type: 'EndMeeting';
}
/** Only a meeting that has not started can be cancelled. */
export interface CancelMeeting extends Issued {
  readonly type: 'CancelMeeting';
}
/** Changes what is given of what is allowed, and leaves the rest. */
export interface ApplySecurityPolicy extends Issued {
  readonly type: 'ApplySecurityPolicy';
  readonly changes: Partial<Omit<MeetingSettings, 'passwordHash'>>;
  /** Whether joining needs a password from now on; true needs `passwordHash` where the meeting has no password yet. */
  readonly passwordRequired?: boolean;
  /** Of the password from now on. */
  readonly passwordHash?: string;
}
export interface JoinMeeting extends Issued {
  readonly type: 'JoinMeeting';
  /** The id that the seat gets if the user has none in the meeting yet. */
  readonly participantId: string;
  readonly displayName: string;
  /** Whether the password given fits the meeting's hash; hashing is I/O, so the caller has checked it. */
  readonly passwordMatches: boolean;
}
/** Gives up a seat, one's own or another's; who waits and has none gives up waiting. */
export interface LeaveMeeting extends Issued {
  readonly type: 'LeaveMeeting';
  readonly userId: string;
  readonly reason: LeaveReason;
}
export interface AdmitParticipant extends Issued {
  readonly type: 'AdmitParticipant';
  /** Absent: everybody who waits. */
  readonly userId?: string;
}
export interface DenyParticipant extends Issued {
  readonly type: 'DenyParticipant';
  /** Absent: everybody who waits. */
  readonly userId?: string;
}
/** Ends somebody's waiting; for who does not wait it changes nothing. */
export interface StopWaiting extends Issued {
  readonly type: 'StopWaiting';
  readonly userId: string;
}
/** Opens breakout rooms; all ids of rooms are new. */
export interface OpenBreakoutRooms extends Issued {
  readonly type: 'OpenBreakoutRooms';
  readonly rooms: readonly BreakoutRoom[];
  /** Spreads all but host and co-hosts evenly over the rooms. */
  readonly autoAssign: boolean;
  readonly participantsMayChoose: boolean;
  readonly participantsMayReturn: boolean;
  readonly timeLimitMinutes?: number;
}
/** Spreads those in the main room, but host and co-hosts, evenly over the rooms, as far as these have places. */
export interface AutoAssignBreakoutRooms extends Issued {
  readonly type: 'AutoAssignBreakoutRooms';
}
/** Puts a participant into a breakout room: others as host or co-host, oneself where participants may choose. */
export interface AssignBreakoutRoom extends Issued {
  readonly type: 'AssignBreakoutRoom';
  readonly userId: string;
  readonly roomId: string;
}
/** Puts a participant back into the main room: others as host or co-host, oneself where participants may return. */
export interface ReturnFromBreakoutRoom extends Issued {
  readonly type: 'ReturnFromBreakoutRoom';
  readonly userId: string;
}
/** Warns that the rooms close at this time; when that is not their time (any more), nothing happens. */
export interface AnnounceBreakoutRoomsClose extends Issued {
  readonly type: 'AnnounceBreakoutRoomsClose';
  readonly closesAt: string;
}
export interface CloseBreakoutRooms extends Issued {
  readonly type: 'CloseBreakoutRooms';
  /** For Parley alone: closes them because this time has come; when it is not their time (any more), nothing happens. */
  readonly closesAt?: string;
}
/** `host` hands the host's role over; the host before becomes a co-host. */
export interface ChangeRole extends Issued {
  readonly type: 'ChangeRole';
  readonly userId: string;
  readonly role: MeetingRole;
}
export interface PlaceMedia extends Issued {
  readonly type: 'PlaceMedia';
  readonly mediaWorkerId: string;
  /** Where the issuer believes the media runs now (undefined: nowhere yet); if it runs elsewhere, nothing happens. */
  readonly replaces: string | undefined;
}
export interface StartRecording extends Issued {
  readonly type: 'StartRecording';
  readonly recordingId: string;
}
export interface StopRecording extends Issued {
  readonly type: 'StopRecording';
}

export type BreakoutCommand =
  | OpenBreakoutRooms
  | AutoAssignBreakoutRooms
  | AssignBreakoutRoom
  | ReturnFromBreakoutRoom
  | AnnounceBreakoutRoomsClose
  | CloseBreakoutRooms;

export type MeetingCommand =
  | CreateMeeting
  | StartMeeting
  | EndMeeting
  | CancelMeeting
  | ApplySecurityPolicy
  | JoinMeeting
  | LeaveMeeting
  | AdmitParticipant
  | DenyParticipant
  | StopWaiting
  | ChangeRole
  | BreakoutCommand
  | PlaceMedia
  | StartRecording
  | StopRecording;

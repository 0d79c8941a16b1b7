import type { MeetingRole } from '../meeting-role.js';
import type { Issued } from '../principal.js';
import type { LeaveReason, MeetingSettings } from './meeting-events.js';

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
export interface JoinMeeting extends Issued {
  readonly type: 'JoinMeeting';
  /** The id that the seat gets if the user has none in the meeting yet. */
  readonly participantId: string;
  readonly displayName: string;
  /** Whether the password given fits the meeting's hash; hashing is I/O, so the caller has checked it. */
  readonly passwordMatches: boolean;
}
export interface LeaveMeeting extends Issued {
  readonly type: 'LeaveMeeting';
  readonly userId: string;
  readonly reason: LeaveReason;
}
export interface AdmitParticipant extends Issued {
  readonly type: 'AdmitParticipant';
  readonly userId: string;
}
export interface DenyParticipant extends Issued {
  readonly type: 'DenyParticipant';
  readonly userId: string;
}
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

export type MeetingCommand =
  | CreateMeeting
  | StartMeeting
  | EndMeeting
  | JoinMeeting
  | LeaveMeeting
  | AdmitParticipant
  | DenyParticipant
  | ChangeRole
  | PlaceMedia
  | StartRecording
  | StopRecording;

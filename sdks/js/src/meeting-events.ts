import type { MeetingError } from './meeting-error.js';
import type { BreakoutRoom, ChatMessage, DeviceType, Role, SecurityPolicy } from './meeting-types.js';

/** What the server tells of a meeting over its socket. */
export interface MeetingMessage<Data> {
  readonly type: string;
  readonly meetingId: string;
  /** Whom it is about, or who did it; `system` for what nobody did. */
  readonly userId: string;
  readonly data: Data;
  /** When it happened, ISO 8601. */
  readonly timestamp: string;
  /** Of the event in the server's log; absent in what tells of no event. */
  readonly position?: number;
}

/** Somebody's microphone, camera, screen and hand as they are after a change. */
export interface ParticipantUpdate {
  readonly participantId: string;
  readonly isMuted: boolean;
  readonly isVideoEnabled: boolean;
  readonly isScreenSharing: boolean;
  readonly isHandRaised: boolean;
  readonly changedBy: string;
}
interface BreakoutMove {
  readonly participantUserId: string;
  readonly participantId: string;
  readonly breakoutRoomId: string;
}

/** The messages that the server pushes, by their type, with their data. docs/asyncapi.json describes them. */
export interface PushedData {
  join: {
    readonly userId: string;
    readonly userRole: Role;
    readonly deviceInfo: { readonly deviceType: DeviceType; readonly browserInfo: string | null };
    readonly joinedAt: string;
    readonly participantId: string;
    readonly userName: string;
    readonly isMuted: boolean;
    readonly isVideoEnabled: boolean;
  };
  leave: {
    readonly userId: string;
    readonly participantId: string;
    readonly reason: string;
    readonly leftAt: string;
  };
  participant_update: ParticipantUpdate;
  hand_raise: {
    readonly participantId: string;
    readonly isHandRaised: boolean;
    readonly changedBy: string;
  };
  chat: ChatMessage;
  reaction: { readonly participantId: string; readonly reactionType: string; readonly duration: number };
  role_change: {
    readonly userId: string;
    readonly participantId: string;
    readonly role: Role;
    readonly changedBy: string;
  };
  host_change: {
    readonly hostId: string;
    readonly hostName: string;
    readonly previousHostId: string;
    readonly changedBy: string;
  };
  meeting_started: { readonly startedBy: string; readonly startedAt: string };
  meeting_ended: { readonly endedBy: string; readonly endedAt: string; readonly durationMinutes: number };
  meeting_cancelled: { readonly cancelledBy: string; readonly cancelledAt: string };
  participant_waiting: { readonly userId: string; readonly userName: string; readonly waitingSince: string };
  participant_stopped_waiting: {
    readonly userId: string;
    readonly reason: string;
    readonly stoppedAt: string;
  };
  admitted: { readonly admittedBy: string; readonly admittedAt: string };
  denied: { readonly deniedBy: string; readonly deniedAt: string };
  policy_update: SecurityPolicy;
  recording_started: {
    readonly recordingId: string;
    readonly startedBy: string;
    readonly startedAt: string;
  };
  recording_stopped: {
    readonly recordingId: string;
    readonly stoppedBy: string;
    readonly stoppedAt: string;
  };
  breakout_rooms_opened: {
    readonly rooms: readonly BreakoutRoom[];
    readonly allowParticipantsToChoose: boolean;
    readonly allowParticipantsToReturn: boolean;
    readonly timeLimitMinutes: number | null;
    readonly closesAt: string | null;
    readonly openedBy: string;
  };
  breakout_room_assigned: BreakoutMove & { readonly assignmentType: string; readonly assignedBy: string };
  breakout_room_left: BreakoutMove & { readonly leftBy: string };
  breakout_rooms_closing: { readonly closesAt: string };
  breakout_rooms_closed: { readonly reason: string; readonly closedBy: string; readonly closedAt: string };
  media_restarted: object;
}

/** What `MeetingClient.on` can be asked for. */
export type MeetingEvents = {
  [Type in keyof PushedData]: MeetingMessage<PushedData[Type]>;
} & {
  /** Every message of those above, and those of types that this client does not know. */
  message: MeetingMessage<unknown>;
  /** The socket of a meeting is there, for the first time or again; what was missed follows. */
  connected: { readonly meetingId: string; readonly connectionId: string; readonly isInMeeting: boolean };
  /** The socket was lost; it is tried again after so many milliseconds. */
  reconnecting: { readonly meetingId: string; readonly attempt: number; readonly delayMs: number };
  /** The socket is closed and will not come back: by the client, at the meeting's end, or, with `error`, by refusal. */
  closed: { readonly meetingId: string; readonly error?: MeetingError };
};

import type { MeetingError } from './meeting-error.js';
import type { BreakoutRoom, ChatMessage, DeviceType, Role, SecurityPolicy } from './meeting-types.js';

/** What the server tells of a meeting over its socket. */
export interface MeetingMessage<Data> {
  readonly type: string;
  readonly meetingId: string;
  /** Whom it is about, or who did it; null for what the system did. */
  readonly userId: string | null;
  readonly data: Data;
  /** When it happened, ISO 8601. */
  readonly timestamp: string;
  /** Of the event in the server's log; absent in what tells of no event. */
  readonly position?: number;
}

export interface ParticipantUpdate {
  readonly isMuted?: boolean;
  readonly isVideoEnabled?: boolean;
  readonly isScreenSharing?: boolean;
  readonly isHandRaised?: boolean;
}

/** The messages that the server pushes, by their type, with their data. */
export interface PushedData {
  join: {
    readonly userId: string;
    readonly userRole: Role;
    readonly deviceInfo?: { readonly deviceType?: DeviceType | null };
    readonly joinedAt: string;
  };
  leave: { readonly userId: string; readonly reason: string };
  participant_update: ParticipantUpdate;
  hand_raise: { readonly isHandRaised: boolean };
  chat: ChatMessage;
  reaction: { readonly reactionType: string; readonly duration: number };
  role_change: { readonly userId: string; readonly role: Role };
  host_change: { readonly hostUserId: string; readonly previousHostUserId: string };
  meeting_started: { readonly startedAt: string };
  meeting_ended: { readonly endedAt: string };
  participant_waiting: { readonly userId: string; readonly userName: string };
  participant_stopped_waiting: { readonly userId: string };
  admitted: { readonly userId: string };
  denied: { readonly userId: string };
  policy_update: Partial<SecurityPolicy>;
  recording_started: { readonly recordingId: string };
  recording_stopped: { readonly recordingId: string };
  breakout_rooms_opened: { readonly rooms: readonly BreakoutRoom[]; readonly closesAt?: string | null };
  breakout_room_assigned: { readonly userId: string; readonly breakoutRoomId: string };
  breakout_room_left: { readonly userId: string; readonly breakoutRoomId: string };
  breakout_rooms_closing: { readonly closesAt: string };
  breakout_rooms_closed: { readonly reason: string };
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

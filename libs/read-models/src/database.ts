import type { Generated } from 'kysely';
import type {
  DeviceType,
  LeaveReason,
  MediaKind,
  MediaSource,
  MeetingRole,
  MessageType,
  RecordingState,
} from '#libs/domain';

/** 0 or 1. Times are ISO 8601 in UTC, so that they sort as text. */
export type Flag = number;

export interface MeetingsTable {
  meeting_id: string;
  meeting_number: string;
  title: string;
  description: string | null;
  host_user_id: string;
  host_name: string;
  status: 'scheduled' | 'active' | 'ended' | 'cancelled';
  /** MeetingSettings as JSON. Holds the password's hash: never hand it out whole. */
  settings: string;
  created_at: string;
  scheduled_start_time: string | null;
  scheduled_end_time: string | null;
  started_at: string | null;
  ended_at: string | null;
  /** Who is in the meeting now. */
  participant_count: Generated<number>;
  /** The recording that runs now. */
  recording_id: string | null;
  media_worker_id: string | null;
  /** Since when it has breakout rooms that close by themselves, and when they do; null without such rooms. */
  breakout_opened_at: string | null;
  breakout_closes_at: string | null;
}

/** One row per seat ever; who is in the meeting now has no `left_at`. */
export interface ParticipantsTable {
  participant_id: string;
  meeting_id: string;
  user_id: string;
  display_name: string;
  email: string | null;
  role: MeetingRole;
  joined_at: string;
  left_at: string | null;
  leave_reason: LeaveReason | null;
  device_type: Generated<DeviceType>;
  is_muted: Generated<Flag>;
  is_video_on: Generated<Flag>;
  is_screen_sharing: Generated<Flag>;
  is_hand_raised: Generated<Flag>;
  /** Open signalling connections. */
  connected: Generated<number>;
  /** Null: the main room. */
  breakout_room_id: string | null;
}

/** Open media producers of participants who are in a meeting, on the worker where the meeting's media runs. */
export interface ProducersTable {
  producer_id: string;
  participant_id: string;
  meeting_id: string;
  kind: MediaKind;
  source: MediaSource;
  media_worker_id: string;
  opened_at: string;
  /** Position in the log at which it opened. */
  position: number;
}
/** What the producers projection must know of a participant to keep out what opens late: who is in. Not for queries. */
export interface ProducerSeatsTable {
  participant_id: string;
  meeting_id: string;
}
/** Where a running meeting's media is. Not for queries: `meetings.media_worker_id` is. */
export interface ProducerPlacesTable {
  meeting_id: string;
  media_worker_id: string;
}

/** Who waits for the host. */
export interface WaitingTable {
  meeting_id: string;
  user_id: string;
  display_name: string;
  waiting_since: string;
}

/** Who may not come back: sent away until a moderator admits them, or blocked. Neither: they were once. */
export interface TurnedAwayTable {
  meeting_id: string;
  user_id: string;
  is_denied: Flag;
  is_blocked: Flag;
}

export interface ChatMessagesTable {
  /** Position in the log: the order of messages, and a cursor to page by. */
  position: number;
  message_id: string;
  meeting_id: string;
  sender_id: string;
  sender_participant_id: string;
  sender_name: string;
  content: string;
  message_type: MessageType;
  /** User id of the only other reader; null for a message to all. */
  recipient_id: string | null;
  reply_to: string | null;
  /** ChatFile as JSON. */
  file: string | null;
  /** Where it was said; null: in the main room, or privately, or to all rooms. */
  breakout_room_id: string | null;
  /** Whether it was said to all rooms. */
  is_broadcast: Flag;
  sent_at: string;
}

/** Who was in which breakout room at some time: they may read what is written there. */
export interface BreakoutVisitsTable {
  meeting_id: string;
  user_id: string;
  room_id: string;
}

export interface RecordingsTable {
  recording_id: string;
  meeting_id: string;
  title: string;
  status: Exclude<RecordingState['status'], 'none'>;
  /** Of the composition. */
  percent: Generated<number>;
  /** How many were written, over all attempts. */
  tracks: Generated<number>;
  started_by: string;
  started_at: string;
  stopped_by: string | null;
  stopped_at: string | null;
  completed_at: string | null;
  failed_at: string | null;
  failure_reason: string | null;
  duration_seconds: number | null;
  file_size_bytes: number | null;
  width: number | null;
  height: number | null;
  /** Capture attempts so far; recorder, ip and port are the latest one's. */
  attempt: Generated<number>;
  recorder_id: string | null;
  ip: string | null;
  port: number | null;
}

export interface RoomsTable {
  name: string;
  meeting_id: string;
  opened_by: string;
  opened_at: string;
}

/** How far each projection has come. */
export interface ProjectionCheckpointsTable {
  name: string;
  version: number;
  position: number;
}

export interface Database {
  meetings: MeetingsTable;
  participants: ParticipantsTable;
  producers: ProducersTable;
  producer_seats: ProducerSeatsTable;
  producer_places: ProducerPlacesTable;
  waiting: WaitingTable;
  turned_away: TurnedAwayTable;
  chat_messages: ChatMessagesTable;
  breakout_visits: BreakoutVisitsTable;
  recordings: RecordingsTable;
  rooms: RoomsTable;
  projection_checkpoints: ProjectionCheckpointsTable;
}

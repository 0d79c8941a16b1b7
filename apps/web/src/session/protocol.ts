import type { types } from 'mediasoup-client';

/** The signalling vocabulary of docs/SIGNALLING.md, as this client uses it. */
export type Role = 'host' | 'co-host' | 'participant' | 'viewer';
export type Kind = 'audio' | 'video';
export type Source = 'microphone' | 'camera' | 'screen' | 'screen-audio';

export interface Participant {
  readonly participant_id: string;
  readonly user_id: string;
  readonly display_name: string;
  readonly role: Role;
  readonly is_muted: boolean;
  readonly is_video_on: boolean;
  readonly is_screen_sharing: boolean;
  readonly is_hand_raised: boolean;
  /** The breakout room the participant is in; null: the main room. */
  readonly breakout_room_id: string | null;
}

export interface RemoteProducer {
  readonly producer_id: string;
  readonly participant_id: string;
  readonly kind: Kind;
  readonly source: Source;
}

export interface ChatMessage {
  readonly message_id: string;
  readonly sender_id: string;
  readonly sender_name: string;
  readonly content: string;
  readonly timestamp: string | number;
  readonly type: string;
  readonly is_private: boolean;
  readonly recipient_id?: string;
  readonly reply_to?: string;
  /** The breakout room in which it was said; absent: the main room. */
  readonly breakout_room_id?: string;
  /** A host's or co-host's word to all rooms. */
  readonly is_broadcast?: boolean;
}

export interface WaitingUser {
  readonly user_id: string;
  readonly display_name: string;
}

/** What this participant may do now, by role, security policy and breakout room. */
export interface Permissions {
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly screen_share: boolean;
  readonly chat: boolean;
  readonly record: boolean;
}

export interface BreakoutRoom {
  readonly room_id: string;
  readonly name: string;
  readonly description?: string | null;
  /** How many it has places for; null: any number. */
  readonly capacity?: number | null;
}

/** The breakout rooms that are open. */
export interface Breakout {
  readonly rooms: readonly BreakoutRoom[];
  readonly participants_may_choose: boolean;
  readonly participants_may_return: boolean;
  /** When they close by themselves; null: when the host says so. */
  readonly closes_at: string | null;
}

export interface Reaction {
  readonly participant_id: string;
  readonly user_id: string;
  readonly reaction_type: string;
  /** Seconds for which it is shown. */
  readonly duration: number;
}

export interface MeetingJoined {
  readonly meeting_info: {
    readonly meeting_id: string;
    readonly title: string;
    readonly host_id: string;
    readonly participants: readonly Participant[];
    readonly permissions: Permissions;
    readonly is_recording: boolean;
    readonly is_locked: boolean;
    readonly breakout: Breakout | null;
    readonly waiting?: readonly WaitingUser[];
  };
  readonly your_participant_id: string;
  readonly your_role: Role;
  readonly producers: readonly RemoteProducer[];
  readonly messages: readonly ChatMessage[];
}

/** What the server pushes, by the name of the message. */
export interface Pushes {
  meeting_joined: MeetingJoined;
  participant_joined: Participant;
  participant_left: { readonly participant_id: string; readonly user_id: string; readonly reason: string };
  participant_updated: Participant;
  participant_waiting: WaitingUser;
  participant_stopped_waiting: { readonly user_id: string };
  join_denied: { readonly meeting_id: string };
  chat_message_received: ChatMessage;
  recording_started: { readonly recording_id: string };
  recording_stopped: { readonly recording_id: string };
  reaction: Reaction;
  permissions_updated: { readonly permissions: Permissions };
  meeting_updated: { readonly is_locked: boolean; readonly host_id: string };
  breakout_rooms_opened: Breakout;
  breakout_rooms_closing: { readonly closes_at: string };
  breakout_rooms_closed: { readonly reason: 'closed' | 'time-limit' | 'meeting-ended' };
  /** To the one who moved. */
  breakout_room_changed: {
    readonly breakout_room_id: string | null;
    readonly producers: readonly RemoteProducer[];
  };
  meeting_ended: { readonly meeting_id: string; readonly ended_at: string };
  new_producer: RemoteProducer;
  producer_closed: { readonly producer_id: string; readonly participant_id: string };
  media_restarted: { readonly meeting_id: string };
  /** A refusal of a message that asked for no acknowledgement. */
  error: unknown;
}
export type Push = {
  [Name in keyof Pushes]: { readonly type: Name; readonly payload: Pushes[Name] };
}[keyof Pushes];

type Exchange<Request, Answer = unknown> = { request: Request; answer: Answer };
type OnTransport = { readonly transport_id: string };
type OnConsumer = { readonly consumer_id: string };

/** What the client emits and the answer it gets; `meeting_id` is added to every request by the sender. */
export interface Exchanges {
  join_meeting: Exchange<
    {
      readonly user_info: {
        readonly display_name: string;
        readonly device_type: 'desktop' | 'mobile' | 'tablet';
      };
      readonly capabilities: {
        readonly video: boolean;
        readonly audio: boolean;
        readonly screen_share: boolean;
      };
      readonly password?: string;
      readonly is_muted: boolean;
      readonly is_video_on: boolean;
    },
    MeetingJoined | { readonly waiting: true }
  >;
  leave_meeting: Exchange<object>;
  toggle_audio: Exchange<{ readonly is_muted: boolean }>;
  toggle_video: Exchange<{ readonly is_video_on: boolean }>;
  start_screen_share: Exchange<object>;
  stop_screen_share: Exchange<object>;
  raise_hand: Exchange<{ readonly is_hand_raised: boolean }>;
  send_chat_message: Exchange<
    { readonly message: { readonly type: 'text'; readonly content: string } },
    { readonly message_id: string }
  >;
  send_reaction: Exchange<{ readonly reaction_type: string; readonly duration?: number }>;
  start_recording: Exchange<object, { readonly recording_id: string }>;
  stop_recording: Exchange<object, { readonly recording_id: string }>;
  admit_participant: Exchange<{ readonly user_id: string }>;
  deny_participant: Exchange<{ readonly user_id: string }>;
  get_router_capabilities: Exchange<object, { readonly rtp_capabilities: types.RtpCapabilities }>;
  create_transport: Exchange<
    { readonly direction: 'send' | 'recv' },
    {
      readonly transport_id: string;
      readonly ice_parameters: types.IceParameters;
      readonly ice_candidates: types.IceCandidate[];
      readonly dtls_parameters: types.DtlsParameters;
    }
  >;
  connect_transport: Exchange<OnTransport & { readonly dtls_parameters: types.DtlsParameters }>;
  restart_ice: Exchange<OnTransport, { readonly ice_parameters: types.IceParameters }>;
  produce: Exchange<
    OnTransport & {
      readonly kind: Kind;
      readonly source: Source;
      readonly rtp_parameters: types.RtpParameters;
    },
    { readonly producer_id: string }
  >;
  close_producer: Exchange<{ readonly producer_id: string }>;
  consume: Exchange<
    OnTransport & { readonly producer_id: string; readonly rtp_capabilities: types.RtpCapabilities },
    {
      readonly consumer_id: string;
      readonly producer_id: string;
      readonly kind: Kind;
      readonly rtp_parameters: types.RtpParameters;
      readonly producer_paused: boolean;
    }
  >;
  resume_consumer: Exchange<OnConsumer>;
  pause_consumer: Exchange<OnConsumer>;
  close_consumer: Exchange<OnConsumer>;
  set_preferred_layers: Exchange<
    OnConsumer & { readonly spatial_layer: number; readonly temporal_layer?: number }
  >;
}

/** Emits a message about the meeting and answers with its acknowledgement; throws a `ServiceError` when refused. */
export type Ask = <Name extends keyof Exchanges>(
  name: Name,
  request: Exchanges[Name]['request'],
) => Promise<Exchanges[Name]['answer']>;

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
}

export interface WaitingUser {
  readonly user_id: string;
  readonly display_name: string;
}

export interface MeetingSettings {
  readonly recording_enabled: boolean;
  readonly chat_enabled: boolean;
  readonly screen_share_enabled: boolean;
}

export interface MeetingJoined {
  readonly meeting_info: {
    readonly meeting_id: string;
    readonly title: string;
    readonly host_id: string;
    readonly participants: readonly Participant[];
    readonly settings: MeetingSettings;
    readonly is_recording: boolean;
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
  join_denied: { readonly meeting_id: string };
  chat_message_received: ChatMessage;
  recording_started: { readonly recording_id: string };
  recording_stopped: { readonly recording_id: string };
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
  toggle_audio: Exchange<{ readonly is_muted: boolean; readonly participant_id?: string }>;
  toggle_video: Exchange<{ readonly is_video_on: boolean }>;
  start_screen_share: Exchange<object>;
  stop_screen_share: Exchange<object>;
  raise_hand: Exchange<{ readonly is_hand_raised: boolean }>;
  send_chat_message: Exchange<
    { readonly message: { readonly type: 'text'; readonly content: string } },
    { readonly message_id: string }
  >;
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

import type {
  ChatMessage,
  MeetingSettings,
  Participant,
  RemoteProducer,
  Role,
  WaitingUser,
} from './protocol.js';

export type Phase = 'joining' | 'waiting' | 'joined' | 'left' | 'ended' | 'denied' | 'removed' | 'failed';

/** Something to tell in passing, such as who came or went. */
export interface Notice {
  readonly id: number;
  readonly tone: 'info' | 'problem';
  readonly text: string;
}

/** A meeting as this participant sees it. */
export interface MeetingState {
  readonly phase: Phase;
  /** Why, where the phase is `failed`. */
  readonly failure?: string;
  /** The signalling connection. */
  readonly link: 'connected' | 'reconnecting';
  readonly media: 'idle' | 'negotiating' | 'ready' | 'interrupted';
  readonly meetingId: string;
  readonly title: string;
  readonly hostId: string;
  readonly selfId: string;
  readonly role: Role;
  readonly settings: MeetingSettings;
  /** In the order of arrival. */
  readonly participants: readonly Participant[];
  readonly producers: readonly RemoteProducer[];
  readonly waiting: readonly WaitingUser[];
  readonly messages: readonly ChatMessage[];
  readonly isRecording: boolean;
  /** How often a recording stopped while this page watched: a sign to look at the list again. */
  readonly recordingsStopped: number;
  readonly notices: readonly Notice[];
  readonly nextNotice: number;
}

export const initialMeeting = (meetingId: string): MeetingState => ({
  phase: 'joining',
  link: 'connected',
  media: 'idle',
  meetingId,
  title: '',
  hostId: '',
  selfId: '',
  role: 'participant',
  settings: { recording_enabled: true, chat_enabled: true, screen_share_enabled: true },
  participants: [],
  producers: [],
  waiting: [],
  messages: [],
  isRecording: false,
  recordingsStopped: 0,
  notices: [],
  nextNotice: 1,
});

export const selfOf = (state: MeetingState): Participant | undefined =>
  state.participants.find(participant => participant.participant_id === state.selfId);

export const mayModerate = (state: MeetingState): boolean =>
  state.role === 'host' || state.role === 'co-host';

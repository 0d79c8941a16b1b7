import type {
  Breakout,
  ChatMessage,
  Participant,
  Permissions,
  Reaction,
  RemoteProducer,
  Role,
  WaitingUser,
} from './protocol.js';

export type Phase =
  | 'joining'
  | 'waiting'
  | 'joined'
  /** By the user's own doing on this page. */
  | 'left'
  /** On another device, or since the connection was away too long. */
  | 'gone'
  | 'removed'
  | 'denied'
  | 'ended'
  | 'failed';

/** Something to tell in passing, such as who came or went. */
export interface Notice {
  readonly id: number;
  readonly tone: 'info' | 'problem';
  readonly text: string;
}

/** A reaction that is being shown. */
export interface ShownReaction extends Reaction {
  readonly id: number;
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
  readonly permissions: Permissions;
  readonly isLocked: boolean;
  /** In the order of arrival, of all rooms. */
  readonly participants: readonly Participant[];
  readonly producers: readonly RemoteProducer[];
  readonly waiting: readonly WaitingUser[];
  /** Those whom a moderator sent away while this page watched; they come back when they are let in. */
  readonly turnedAway: readonly WaitingUser[];
  /** Undefined while there are no breakout rooms. */
  readonly breakout?: Breakout;
  /** Whether it was announced that the breakout rooms close soon. */
  readonly breakoutClosing: boolean;
  /** Names of all breakout rooms there ever were, by id: messages outlast the rooms. */
  readonly roomNames: Readonly<Record<string, string>>;
  readonly reactions: readonly ShownReaction[];
  readonly messages: readonly ChatMessage[];
  readonly isRecording: boolean;
  /** How often a recording stopped while this page watched: a sign to look at the list again. */
  readonly recordingsStopped: number;
  readonly notices: readonly Notice[];
  readonly nextId: number;
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
  permissions: { microphone: true, camera: true, screen_share: true, chat: true, record: true },
  isLocked: false,
  participants: [],
  producers: [],
  waiting: [],
  turnedAway: [],
  breakoutClosing: false,
  roomNames: {},
  reactions: [],
  messages: [],
  isRecording: false,
  recordingsStopped: 0,
  notices: [],
  nextId: 1,
});

export const selfOf = (state: MeetingState): Participant | undefined =>
  state.participants.find(participant => participant.participant_id === state.selfId);

export const mayModerate = (state: MeetingState): boolean =>
  state.role === 'host' || state.role === 'co-host';

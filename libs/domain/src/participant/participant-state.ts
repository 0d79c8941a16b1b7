import type { DeviceType, MediaKind, MediaSource } from './participant-events.js';

export interface Producer {
  readonly producerId: string;
  readonly kind: MediaKind;
  readonly source: MediaSource;
  readonly mediaWorkerId: string;
}

export interface ParticipantState {
  readonly seated: boolean;
  readonly participantId: string;
  readonly meetingId: string;
  readonly userId: string;
  readonly deviceType: DeviceType;
  readonly isMuted: boolean;
  readonly isVideoOn: boolean;
  readonly isScreenSharing: boolean;
  readonly isHandRaised: boolean;
  /** Open signalling connections, one per device. */
  readonly connections: readonly string[];
  readonly producers: Readonly<Record<string, Producer>>;
}

export const initialParticipant: ParticipantState = {
  seated: false,
  participantId: '',
  meetingId: '',
  userId: '',
  deviceType: 'other',
  isMuted: false,
  isVideoOn: false,
  isScreenSharing: false,
  isHandRaised: false,
  connections: [],
  producers: {},
};

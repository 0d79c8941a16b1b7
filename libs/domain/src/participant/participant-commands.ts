import type { MeetingRole } from '../meeting-role.js';
import type { Permissions } from '../meeting/permissions.js';
import type { Issued } from '../principal.js';
import type { DeviceType, MediaKind, MediaSource } from './participant-events.js';

/** Facts about the meeting come from the caller, who has the meeting's state at hand. */
export type MediaPermissions = Pick<Permissions, 'microphone' | 'camera' | 'screenShare'>;
/** Which permission a source needs. */
export const SOURCE_PERMISSIONS = {
  microphone: 'microphone',
  camera: 'camera',
  screen: 'screenShare',
  'screen-audio': 'screenShare',
} as const satisfies Record<MediaSource, keyof MediaPermissions>;

/** Gives the participant of a meeting's roster its seat; asking again changes nothing. */
export interface SeatParticipant extends Issued {
  readonly type: 'SeatParticipant';
  readonly meetingId: string;
  readonly participantId: string;
  readonly userId: string;
  readonly deviceType: DeviceType;
  readonly isMuted: boolean;
  readonly isVideoOn: boolean;
}
export interface ConnectParticipant extends Issued {
  readonly type: 'ConnectParticipant';
  readonly connectionId: string;
}
export interface DisconnectParticipant extends Issued {
  readonly type: 'DisconnectParticipant';
  readonly connectionId: string;
}
/** Changes what is given and leaves the rest. Others than the participant may mute, stop video or screen and lower the hand, as host or co-host. */
export interface UpdateStatus extends Issued {
  readonly type: 'UpdateStatus';
  /** The issuer's role in the meeting. */
  readonly byRole: MeetingRole;
  /** What the participant may do in the meeting. */
  readonly may: MediaPermissions;
  readonly isMuted?: boolean;
  readonly isVideoOn?: boolean;
  readonly isScreenSharing?: boolean;
  readonly isHandRaised?: boolean;
}
export interface OpenProducer extends Issued {
  readonly type: 'OpenProducer';
  readonly producerId: string;
  readonly kind: MediaKind;
  readonly source: MediaSource;
  readonly may: MediaPermissions;
  readonly mediaWorkerId: string;
}
export interface CloseProducer extends Issued {
  readonly type: 'CloseProducer';
  readonly producerId: string;
}

/** Shows something to everybody for a moment, such as `thumbs_up`. */
export interface SendReaction extends Issued {
  readonly type: 'SendReaction';
  readonly reactionType: string;
  readonly durationSeconds: number;
}

/** What the media worker heard since it reported last; silence changes nothing. */
export interface RecordSpeech extends Issued {
  readonly type: 'RecordSpeech';
  readonly seconds: number;
  readonly measuredAt: string;
}

export type ParticipantCommand =
  | SeatParticipant
  | ConnectParticipant
  | DisconnectParticipant
  | UpdateStatus
  | OpenProducer
  | CloseProducer
  | SendReaction
  | RecordSpeech;

import type { DomainEvent } from '../aggregate.js';
import type { IsoTime } from '../field-types.js';

export const MEDIA_KINDS = ['audio', 'video'] as const;
export type MediaKind = (typeof MEDIA_KINDS)[number];
export const MEDIA_SOURCES = ['microphone', 'camera', 'screen', 'screen-audio'] as const;
export type MediaSource = (typeof MEDIA_SOURCES)[number];
/** What a source gives: a camera never sends audio. */
export const SOURCE_KINDS: Readonly<Record<MediaSource, MediaKind>> = {
  microphone: 'audio',
  camera: 'video',
  screen: 'video',
  'screen-audio': 'audio',
};
export const DEVICE_TYPES = ['desktop', 'mobile', 'tablet', 'phone', 'other'] as const;
export type DeviceType = (typeof DEVICE_TYPES)[number];

type E<Type extends string, Data = unknown> = DomainEvent<
  Type,
  {
    /** Id of the meeting. */
    readonly meetingId: string;
    /** Id of the seat. */
    readonly participantId: string;
  } & Data
>;
interface By {
  /** User id of who caused it: the participant, or a host, co-host or administrator. */
  readonly by: string;
  /** When it happened. */
  readonly at: IsoTime;
}

/**
 * The seat is ready, with the first device's microphone and camera as they were on joining.
 * @by the participant
 */
export type ParticipantSeated = E<
  'ParticipantSeated',
  {
    /** Id of the user who has the seat. */
    readonly userId: string;
    /** What the first device is. */
    readonly deviceType: DeviceType;
    /** Whether the microphone is off to begin with. */
    readonly isMuted: boolean;
    /** Whether the camera is on to begin with. */
    readonly isVideoOn: boolean;
    /** When the seat was ready. */
    readonly seatedAt: IsoTime;
  }
>;
/**
 * A device opened its signalling connection.
 * @by the participant
 */
export type ParticipantConnected = E<
  'ParticipantConnected',
  {
    /** Id of the connection: one per device. */
    readonly connectionId: string;
    /** When it was opened. */
    readonly connectedAt: IsoTime;
  }
>;
/**
 * A device's signalling connection closed; the seat is kept for a grace period.
 * @by Parley itself, which sees the connection close
 */
export type ParticipantDisconnected = E<
  'ParticipantDisconnected',
  {
    /** Id of the connection. */
    readonly connectionId: string;
    /** When its end was noticed. */
    readonly disconnectedAt: IsoTime;
  }
>;
/**
 * The microphone is off: nothing of it is forwarded or recorded.
 * @by the participant, the host, a co-host or an administrator
 */
export type AudioMuted = E<'AudioMuted', By>;
/**
 * The microphone is on again.
 * @by the participant
 */
export type AudioUnmuted = E<'AudioUnmuted', By>;
/**
 * The camera is on.
 * @by the participant
 */
export type VideoTurnedOn = E<'VideoTurnedOn', By>;
/**
 * The camera is off: nothing of it is forwarded or recorded.
 * @by the participant, the host, a co-host or an administrator
 */
export type VideoTurnedOff = E<'VideoTurnedOff', By>;
/**
 * The participant shares a screen or window with the others.
 * @by the participant
 */
export type ScreenShareStarted = E<'ScreenShareStarted', By>;
/**
 * The participant shares a screen no more.
 * @by the participant, the host, a co-host or an administrator
 */
export type ScreenShareStopped = E<'ScreenShareStopped', By>;
/**
 * The participant asks to speak.
 * @by the participant
 */
export type HandRaised = E<'HandRaised', By>;
/**
 * The participant asks no more, or was heard.
 * @by the participant, the host, a co-host or an administrator
 */
export type HandLowered = E<'HandLowered', By>;
/**
 * The participant began to send one track to the media worker.
 * @by the participant
 */
export type ProducerOpened = E<
  'ProducerOpened',
  {
    /** Id of the track, given by the media worker. */
    readonly producerId: string;
    /** Whether it is sound or pictures. */
    readonly kind: MediaKind;
    /** What is heard or seen in it. */
    readonly source: MediaSource;
    /** Id of the media worker that receives it. */
    readonly mediaWorkerId: string;
    /** When it was opened. */
    readonly openedAt: IsoTime;
  }
>;
/**
 * The participant sends this track no more.
 * @by the participant; Parley itself, when the media worker reports its end
 */
export type ProducerClosed = E<
  'ProducerClosed',
  {
    /** Id of the track. */
    readonly producerId: string;
    /** When it was closed. */
    readonly closedAt: IsoTime;
  }
>;
/** Seconds that a reaction is shown at most. */
export const MAX_REACTION_SECONDS = 30;
/**
 * The participant showed everybody something for a moment.
 * @by the participant
 */
export type ReactionSent = E<
  'ReactionSent',
  By & {
    /** What was shown, such as `thumbs_up` or an emoji. */
    readonly reactionType: string;
    /** For how long it is shown, in seconds. */
    readonly durationSeconds: number;
  }
>;
/**
 * What the media worker heard of the participant, summed up: speech, not an open microphone. At most one every 30 seconds, and
 * one when the microphone's track closes, which may follow the participant's leaving; none for silence.
 * @by Parley itself, as the media worker measures
 */
export type ParticipantSpoke = E<
  'ParticipantSpoke',
  {
    /** Length of the speech since the last such event, in seconds, to a tenth. */
    readonly seconds: number;
    /** When the sum was noted: the speech lies between the last such event and this moment. */
    readonly measuredAt: IsoTime;
  }
>;

/**
 * One seat in one meeting: connections, microphone, camera, screen, hand, reactions, tracks, speech.
 * @stream participant-<participantId>
 */
export type ParticipantEvent =
  | ParticipantSeated
  | ParticipantConnected
  | ParticipantDisconnected
  | AudioMuted
  | AudioUnmuted
  | VideoTurnedOn
  | VideoTurnedOff
  | ScreenShareStarted
  | ScreenShareStopped
  | HandRaised
  | HandLowered
  | ProducerOpened
  | ProducerClosed
  | ParticipantSpoke
  | ReactionSent;

import type { DomainEvent } from '../aggregate.js';

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
  { readonly meetingId: string; readonly participantId: string } & Data
>;
interface By {
  /** User id of who caused it: the participant, or a host or co-host. */
  readonly by: string;
  readonly at: string;
}

export type ParticipantSeated = E<
  'ParticipantSeated',
  {
    readonly userId: string;
    readonly deviceType: DeviceType;
    readonly isMuted: boolean;
    readonly isVideoOn: boolean;
    readonly seatedAt: string;
  }
>;
/** A device opened its signalling connection. */
export type ParticipantConnected = E<
  'ParticipantConnected',
  { readonly connectionId: string; readonly connectedAt: string }
>;
/** A device's signalling connection closed; the seat is kept for a grace period. */
export type ParticipantDisconnected = E<
  'ParticipantDisconnected',
  { readonly connectionId: string; readonly disconnectedAt: string }
>;
export type AudioMuted = E<'AudioMuted', By>;
export type AudioUnmuted = E<'AudioUnmuted', By>;
export type VideoTurnedOn = E<'VideoTurnedOn', By>;
export type VideoTurnedOff = E<'VideoTurnedOff', By>;
export type ScreenShareStarted = E<'ScreenShareStarted', By>;
export type ScreenShareStopped = E<'ScreenShareStopped', By>;
export type HandRaised = E<'HandRaised', By>;
export type HandLowered = E<'HandLowered', By>;
/** The participant began to send one track to the media worker. */
export type ProducerOpened = E<
  'ProducerOpened',
  {
    readonly producerId: string;
    readonly kind: MediaKind;
    readonly source: MediaSource;
    readonly mediaWorkerId: string;
    readonly openedAt: string;
  }
>;
export type ProducerClosed = E<'ProducerClosed', { readonly producerId: string; readonly closedAt: string }>;
/** What the media worker heard of the participant, summed up: speech, not an open microphone. */
export type ParticipantSpoke = E<
  'ParticipantSpoke',
  {
    /** Length of the speech since the last such event, to a tenth of a second. */
    readonly seconds: number;
    readonly measuredAt: string;
  }
>;

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
  | ParticipantSpoke;

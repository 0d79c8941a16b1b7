import type { Kind, Source } from './protocol.js';

/** Something that another participant sends and this page receives. */
export interface RemoteTrack {
  readonly consumerId: string;
  readonly producerId: string;
  readonly participantId: string;
  readonly kind: Kind;
  readonly source: Source;
  readonly track: MediaStreamTrack;
  /** Sizes that the server can choose from. */
  readonly spatialLayers: number;
}

/** What getStats of the browser says about one of them (W3C webrtc-stats, `inbound-rtp`). */
export interface RemoteTrackStats {
  readonly participantId: string;
  readonly kind: Kind;
  readonly source: Source;
  readonly framesDecoded?: number;
  readonly frameWidth?: number;
  readonly frameHeight?: number;
  readonly totalAudioEnergy?: number;
  readonly audioLevel?: number;
  readonly packetsReceived?: number;
  readonly packetsLost?: number;
  readonly bytesReceived?: number;
}

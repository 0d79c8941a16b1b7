import type { MediaKind, MediaSource } from '#libs/domain';
import type { types } from 'mediasoup';

interface InMeeting {
  readonly meetingId: string;
}
interface OfParticipant extends InMeeting {
  readonly participantId: string;
  /** The device's signalling connection; its transports close with it. */
  readonly connectionId: string;
}
type Operation<Request, Result = Record<string, never>> = { request: Request; result: Result };

/** What the api may ask of the media worker that a meeting is placed on: name, request, result. Each is safe to ask twice. */
export interface MediaOperations {
  /** Creates the meeting's router where there is none. */
  'router.open': Operation<InMeeting, { rtpCapabilities: types.RtpCapabilities }>;
  'router.close': Operation<InMeeting>;
  'transport.create': Operation<
    OfParticipant & { readonly direction: 'send' | 'recv' },
    {
      transportId: string;
      iceParameters: types.IceParameters;
      iceCandidates: types.IceCandidate[];
      dtlsParameters: types.DtlsParameters;
    }
  >;
  'transport.connect': Operation<
    OfParticipant & { readonly transportId: string; readonly dtlsParameters: types.DtlsParameters }
  >;
  'transport.restartIce': Operation<
    OfParticipant & { readonly transportId: string },
    { iceParameters: types.IceParameters }
  >;
  'producer.create': Operation<
    OfParticipant & {
      readonly transportId: string;
      readonly kind: MediaKind;
      readonly source: MediaSource;
      readonly rtpParameters: types.RtpParameters;
      readonly paused: boolean;
    },
    { producerId: string }
  >;
  'producer.pause': Operation<InMeeting & { readonly participantId: string; readonly producerId: string }>;
  'producer.resume': Operation<InMeeting & { readonly participantId: string; readonly producerId: string }>;
  'producer.close': Operation<InMeeting & { readonly participantId: string; readonly producerId: string }>;
  /** The consumer starts paused: resume it when the client listens. */
  'consumer.create': Operation<
    OfParticipant & {
      readonly transportId: string;
      readonly producerId: string;
      readonly rtpCapabilities: types.RtpCapabilities;
    },
    {
      consumerId: string;
      producerId: string;
      kind: MediaKind;
      type: types.ConsumerType;
      rtpParameters: types.RtpParameters;
      producerPaused: boolean;
    }
  >;
  'consumer.resume': Operation<OfParticipant & { readonly consumerId: string }>;
  'consumer.pause': Operation<OfParticipant & { readonly consumerId: string }>;
  'consumer.close': Operation<OfParticipant & { readonly consumerId: string }>;
  'consumer.layers': Operation<
    OfParticipant & {
      readonly consumerId: string;
      readonly spatialLayer: number;
      readonly temporalLayer?: number;
    }
  >;
  /** A device left: closes its transports and all that runs on them. */
  'connection.close': Operation<OfParticipant>;
  /** The participant left: closes all devices' transports. */
  'participant.close': Operation<InMeeting & { readonly participantId: string }>;
  /**
   * Sends every producer of the meeting, now and later, as plain RTP to the recorder; each is announced by a
   * `RecordingTrackOpened` fact. Asked again with another attempt it moves to the new address.
   */
  'recording.connect': Operation<
    InMeeting & {
      readonly recordingId: string;
      readonly attempt: number;
      readonly ip: string;
      readonly port: number;
    }
  >;
  'recording.keyFrame': Operation<InMeeting & { readonly recordingId: string; readonly trackId: string }>;
  'recording.close': Operation<InMeeting & { readonly recordingId: string }>;
}

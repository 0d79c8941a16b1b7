import type { MediaKind, MediaSource } from '#libs/domain';
import type { types } from 'mediasoup';

/** Who is in which breakout room: whoever sends in one room is seen and heard in no other. */
export interface MediaRooms {
  /** How often anybody was moved in the meeting: of two of these the one with more moves is the newer. */
  readonly moves: number;
  /** Breakout room by participant id; whoever is not named is in the main room. */
  readonly roomOf: Readonly<Record<string, string>>;
}

interface InMeeting {
  readonly meetingId: string;
}
/** What lets media flow brings along what is known of the rooms, so that it never depends on the order of requests. */
interface WithRooms {
  /** Absent where nobody was ever moved. Older ones than are known change nothing. */
  readonly rooms?: MediaRooms;
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
  'router.open': Operation<InMeeting & WithRooms, { rtpCapabilities: types.RtpCapabilities }>;
  'router.close': Operation<InMeeting>;
  /**
   * People moved between rooms: what they received from those of other rooms ends, and recordings go on without those in
   * breakout rooms. Creates the router where there is none, so that whoever opens it later with an older word finds it.
   */
  'rooms.apply': Operation<InMeeting & { readonly rooms: MediaRooms }>;
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
    OfParticipant &
      WithRooms & {
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
  /** The consumer starts paused: resume it when the client listens. What is sent in another room is `PRODUCER_NOT_FOUND`. */
  'consumer.create': Operation<
    OfParticipant &
      WithRooms & {
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
   * Sends every producer of the meeting, now and later, as plain RTP to the recorder, as long as its participant is in the
   * main room; each is announced by a `RecordingTrackOpened` fact. Asked again with another attempt it moves to the new address.
   */
  'recording.connect': Operation<
    InMeeting &
      WithRooms & {
        readonly recordingId: string;
        readonly attempt: number;
        readonly ip: string;
        readonly port: number;
      }
  >;
  'recording.keyFrame': Operation<InMeeting & { readonly recordingId: string; readonly trackId: string }>;
  'recording.close': Operation<InMeeting & { readonly recordingId: string }>;
}

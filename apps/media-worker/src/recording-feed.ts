import type { RecordedTrack } from '#libs/domain';
import type { types } from 'mediasoup';
import type { BreakoutRooms } from './breakout-rooms.js';
import type { OwnedProducer } from './client-producers.js';
import { recordingCapabilities } from './recording-capabilities.js';

/** Where a recorder listens for one recording. */
export interface RecordingAddress {
  readonly recordingId: string;
  readonly attempt: number;
  readonly ip: string;
  readonly port: number;
}

export interface RecordingFeedOptions {
  readonly router: types.Router;
  /** Address to send from. */
  readonly host: string;
  readonly to: RecordingAddress;
  readonly rooms: BreakoutRooms;
  /** Told of each track as soon as its packets may flow. */
  readonly onTrack: (track: RecordedTrack) => void;
  readonly onError: (error: Error, producerId: string) => void;
}

interface FedTrack {
  readonly consumer: types.Consumer;
  readonly participantId: string;
  /** Whether mediasoup was asked last to send it. */
  flows: boolean;
}

/** Sends what is sent in a meeting's main room as plain RTP to one recorder. */
export class RecordingFeed {
  readonly #options: RecordingFeedOptions;
  readonly #transport: types.PlainTransport;
  readonly #capabilities: types.RtpCapabilities;
  readonly #tracks = new Map<string, FedTrack | undefined>();

  private constructor(options: RecordingFeedOptions, transport: types.PlainTransport) {
    this.#options = options;
    this.#transport = transport;
    this.#capabilities = recordingCapabilities(options.router.rtpCapabilities);
  }

  static async open(options: RecordingFeedOptions): Promise<RecordingFeed> {
    const transport = await options.router.createPlainTransport({
      listenInfo: { protocol: 'udp', ip: options.host },
      rtcpMux: true,
      comedia: false,
    });
    try {
      await transport.connect({ ip: options.to.ip, port: options.to.port });
    } catch (error) {
      transport.close();
      throw error;
    }
    return new RecordingFeed(options, transport);
  }

  get attempt(): number {
    return this.#options.to.attempt;
  }

  /** Sends this producer too, if it is not sent already; it is silent while its participant is in a breakout room. */
  async add({ producer, participantId, source }: OwnedProducer): Promise<void> {
    const { to, onTrack, onError } = this.#options;
    const trackId = `${to.attempt}-${producer.id}`;
    if (this.#tracks.has(trackId) || producer.closed || this.#transport.closed) return;
    this.#tracks.set(trackId, undefined);
    try {
      // Simulcast: mediasoup prefers the highest layer unless told otherwise.
      const consumer = await this.#transport.consume({
        producerId: producer.id,
        rtpCapabilities: this.#capabilities,
        enableRtx: false,
        // Its participant may be elsewhere by the time it is there.
        paused: true,
      });
      const track = { consumer, participantId, flows: false };
      this.#tracks.set(trackId, track);
      consumer.observer.on('close', () => this.#tracks.delete(trackId));
      const codec = consumer.rtpParameters.codecs[0]!;
      onTrack({
        trackId,
        attempt: to.attempt,
        participantId,
        producerId: producer.id,
        kind: producer.kind,
        source,
        mimeType: codec.mimeType,
        clockRate: codec.clockRate,
        ...(codec.channels === undefined ? {} : { channels: codec.channels }),
        ssrc: consumer.rtpParameters.encodings![0]!.ssrc!,
        payloadType: codec.payloadType,
      });
      this.#settle(track);
    } catch (error) {
      if (!this.#tracks.get(trackId)) this.#tracks.delete(trackId);
      // A producer that closed meanwhile is no trouble: there is nothing to record.
      if (!producer.closed && !this.#transport.closed) onError(error as Error, producer.id);
    }
  }

  /** Asks the track's sender for a key frame. A track that is gone is let be. */
  async requestKeyFrame(trackId: string): Promise<void> {
    const consumer = this.#tracks.get(trackId)?.consumer;
    if (consumer && !consumer.closed) await consumer.requestKeyFrame();
  }

  /** Participants moved: leaves those in breakout rooms out, and takes those who are back in again. */
  applyRooms(): void {
    for (const track of this.#tracks.values()) if (track) this.#settle(track);
  }

  #settle(track: FedTrack): void {
    const { rooms, onError } = this.#options;
    const { consumer, participantId, flows } = track;
    track.flows = rooms.inMainRoom(participantId);
    if (track.flows === flows) return;
    // The request leaves at once, before any that is made after it.
    const step = async (): Promise<void> => {
      if (flows) return consumer.pause();
      await consumer.resume();
      if (consumer.kind === 'video') await consumer.requestKeyFrame();
    };
    step().catch((error: Error) => {
      if (!consumer.closed) onError(error, consumer.producerId);
    });
  }

  close(): void {
    this.#transport.close();
  }
}

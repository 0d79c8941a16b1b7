import type { RecordedTrack } from '#libs/domain';
import type { Fact, MediaRooms } from '#libs/work-queues';
import type { types } from 'mediasoup';
import { BreakoutRooms } from './breakout-rooms.js';
import { ClientConsumers } from './client-consumers.js';
import { ClientProducers, type OwnedProducer } from './client-producers.js';
import { ClientTransports } from './client-transports.js';
import { InOrder } from './in-order.js';
import { negotiated } from './negotiated.js';
import { RecordingFeed, type RecordingAddress } from './recording-feed.js';
import { SpeechMeter } from './speech-meter.js';
import type { SpokenTime } from './speech-sums.js';

export interface MeetingMediaOptions {
  readonly meetingId: string;
  readonly router: types.Router;
  /** The router's, for the meter of speech. */
  readonly levels: types.AudioLevelObserver;
  readonly webRtcServer: types.WebRtcServer;
  /** Address to send recordings from. */
  readonly host: string;
  readonly onFact: (fact: Fact) => void;
  readonly onError: (error: Error, about: Readonly<Record<string, string>>) => void;
}

/** One meeting's media: a router, and what its clients and recordings hold on it. */
export class MeetingMedia {
  readonly router: types.Router;
  readonly transports: ClientTransports;
  readonly producers: ClientProducers;
  readonly consumers: ClientConsumers;
  readonly speech: SpeechMeter;
  /** By participant id, or by recording id. */
  readonly inOrder = new InOrder();
  readonly #rooms = new BreakoutRooms();
  readonly #options: MeetingMediaOptions;
  readonly #feeds = new Map<string, RecordingFeed>();
  #spoken = 0;

  constructor(options: MeetingMediaOptions) {
    const { router, webRtcServer, levels, onError } = options;
    this.#options = options;
    this.router = router;
    this.transports = new ClientTransports(router, webRtcServer);
    this.consumers = new ClientConsumers(router, this.#rooms);
    this.speech = new SpeechMeter({
      levels,
      onSpoken: spoken => this.#speechMeasured(spoken),
      onError: (error, producerId) => onError(error, { producerId }),
    });
    this.producers = new ClientProducers({
      opened: producer => {
        this.speech.add(producer);
        this.#record(producer);
      },
      closed: producer => this.#producerClosed(producer),
    });
  }

  /**
   * People are in these rooms from now on, unless something newer is known. What crosses rooms has ended, and recordings have
   * paused, before anything can be received in a new room: requests to mediasoup are done in their order.
   */
  applyRooms(rooms: MediaRooms | undefined): void {
    if (!rooms || !this.#rooms.take(rooms)) return;
    this.consumers.closeAcrossRooms();
    for (const feed of this.#feeds.values()) feed.applyRooms();
  }

  /** Sends all producers, now and later, to a recorder. A higher attempt takes over from a lower one; others are repeats. */
  async connectRecording(to: RecordingAddress): Promise<void> {
    const { router, host, onError } = this.#options;
    const { recordingId } = to;
    const before = this.#feeds.get(recordingId);
    if (before && before.attempt >= to.attempt) return;
    const feed = await negotiated(() =>
      RecordingFeed.open({
        router,
        host,
        to,
        rooms: this.#rooms,
        onTrack: track => this.#trackOpened(recordingId, track),
        onError: (error, producerId) => onError(error, { recordingId, producerId }),
      }),
    );
    before?.close();
    this.#feeds.set(recordingId, feed);
    await Promise.all(this.producers.all().map(producer => feed.add(producer)));
  }

  async requestKeyFrame(recordingId: string, trackId: string): Promise<void> {
    await this.#feeds.get(recordingId)?.requestKeyFrame(trackId);
  }

  closeRecording(recordingId: string): void {
    this.#feeds.get(recordingId)?.close();
    this.#feeds.delete(recordingId);
  }

  close(): void {
    this.router.close();
  }

  #record(producer: OwnedProducer): void {
    for (const feed of this.#feeds.values()) void feed.add(producer);
  }

  #producerClosed(closed: OwnedProducer): void {
    this.speech.remove(closed);
    const { producer, participantId } = closed;
    const { meetingId, onFact } = this.#options;
    const producerId = producer.id;
    onFact({
      factId: `producer-closed-${producerId}`,
      type: 'ProducerClosed',
      meetingId,
      participantId,
      producerId,
    });
  }

  #speechMeasured(spoken: SpokenTime): void {
    const { meetingId, router, onFact } = this.#options;
    // A router's id is never given again, so that the meeting's next router counts anew.
    const factId = `speech-${router.id}-${++this.#spoken}`;
    onFact({ factId, type: 'SpeechMeasured', meetingId, ...spoken });
  }

  #trackOpened(recordingId: string, track: RecordedTrack): void {
    const { meetingId, onFact } = this.#options;
    const factId = `track-opened-${recordingId}-${track.trackId}`;
    onFact({ factId, type: 'RecordingTrackOpened', meetingId, recordingId, track });
  }
}

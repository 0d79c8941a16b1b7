import { parseScalabilityMode, type types } from 'mediasoup-client';
import type { Ask, RemoteProducer } from './protocol.js';
import type { RemoteTrack, RemoteTrackStats } from './remote-track.js';
import { hasCode } from './service-error.js';
import type { Store } from './store.js';

interface Consumption {
  readonly consumer: types.Consumer;
  readonly remote: RemoteTrack;
  flowing: boolean;
  layer?: number;
}

/** Asked this often for one producer, then given up. */
const MAX_ATTEMPTS = 4;
const RETRY_MS = 700;

/** Consumes what others produce: keeps what runs on the receiving transport equal to the producers that are wanted. */
export class Subscriber {
  readonly #consumptions = new Map<string, Consumption>();
  /** Producers whose consumption was begun, each with the mark of that beginning. */
  readonly #begun = new Map<string, symbol>();
  /** The latest work on a producer. One that goes and comes back, as between breakout rooms, waits for the end of the last. */
  readonly #work = new Map<string, Promise<void>>();
  /** Consumers that were let go of, by producer: the server may keep them, and would give them out again. */
  readonly #dropped = new Map<string, string>();
  #closed = false;

  constructor(
    private readonly transport: types.Transport,
    private readonly capabilities: types.RtpCapabilities,
    private readonly ask: Ask,
    private readonly tracks: Store<readonly RemoteTrack[]>,
  ) {}

  /** Starts consuming what is new among the producers, and lets go of what is not among them. */
  subscribe(producers: readonly RemoteProducer[]): void {
    if (this.#closed) return;
    const wanted = new Set(producers.map(({ producer_id }) => producer_id));
    for (const producerId of this.#begun.keys()) if (!wanted.has(producerId)) this.#drop(producerId);
    for (const producer of producers) {
      if (this.#begun.has(producer.producer_id)) continue;
      const mark = Symbol(producer.source);
      this.#begun.set(producer.producer_id, mark);
      this.#queue(producer, mark, 1);
    }
  }

  /** An element shows or plays the track: let it flow. */
  async resume(consumerId: string): Promise<void> {
    const consumption = this.#byConsumer(consumerId);
    if (!consumption || consumption.flowing) return;
    await this.#flow(consumption, true);
  }

  async pause(consumerId: string): Promise<void> {
    const consumption = this.#byConsumer(consumerId);
    if (!consumption?.flowing) return;
    await this.#flow(consumption, false);
  }

  async preferLayer(consumerId: string, spatialLayer: number): Promise<void> {
    const consumption = this.#byConsumer(consumerId);
    if (!consumption || consumption.layer === spatialLayer) return;
    consumption.layer = spatialLayer;
    await this.ask('set_preferred_layers', { consumer_id: consumerId, spatial_layer: spatialLayer });
  }

  /** Loudness of each audible participant now, 0 to 1. */
  levels(): Map<string, number> {
    const levels = new Map<string, number>();
    for (const { consumer, remote } of this.#consumptions.values()) {
      if (remote.source !== 'microphone') continue;
      const level = consumer.rtpReceiver?.getSynchronizationSources?.()[0]?.audioLevel ?? 0;
      levels.set(remote.participantId, Math.max(level, levels.get(remote.participantId) ?? 0));
    }
    return levels;
  }

  async stats(): Promise<RemoteTrackStats[]> {
    const reports = await Promise.all(
      [...this.#consumptions.values()].map(async ({ consumer, remote }) => {
        const { participantId, kind, source } = remote;
        const entries = [...(await consumer.getStats()).values()] as Partial<RTCInboundRtpStreamStats>[];
        const found = entries.find(entry => entry.type === 'inbound-rtp' && entry.kind === kind);
        const { framesDecoded, frameWidth, frameHeight, totalAudioEnergy, audioLevel } = found ?? {};
        const { packetsReceived, packetsLost, bytesReceived } = found ?? {};
        const picture = { framesDecoded, frameWidth, frameHeight };
        const flow = { packetsReceived, packetsLost, bytesReceived };
        return { participantId, kind, source, ...picture, totalAudioEnergy, audioLevel, ...flow };
      }),
    );
    return reports;
  }

  close(): void {
    this.#closed = true;
    this.#begun.clear();
    this.#consumptions.clear();
    this.#dropped.clear();
    this.tracks.set([]);
  }

  async #flow(consumption: Consumption, flowing: boolean): Promise<void> {
    consumption.flowing = flowing;
    try {
      await this.ask(flowing ? 'resume_consumer' : 'pause_consumer', {
        consumer_id: consumption.consumer.id,
      });
    } catch (error) {
      consumption.flowing = !flowing;
      // It went away with its producer while we asked.
      if (!this.#closed && !consumption.consumer.closed) throw error;
    }
  }

  #queue(producer: RemoteProducer, mark: symbol, attempt: number): void {
    const { producer_id } = producer;
    const before = this.#work.get(producer_id) ?? Promise.resolve();
    const work = before.then(() => this.#begin(producer, mark, attempt));
    this.#work.set(producer_id, work);
    void work.finally(() => {
      if (this.#work.get(producer_id) === work) this.#work.delete(producer_id);
    });
  }

  /** Never fails: what does not work is tried again. */
  async #begin(producer: RemoteProducer, mark: symbol, attempt: number): Promise<void> {
    const { producer_id, participant_id, source } = producer;
    if (this.#unwanted(producer_id, mark)) return;
    try {
      await this.#letGo(producer_id);
      const answer = await this.ask('consume', {
        transport_id: this.transport.id,
        producer_id,
        rtp_capabilities: this.capabilities,
      });
      if (this.#unwanted(producer_id, mark)) return;
      const consumer = await this.transport.consume({
        id: answer.consumer_id,
        producerId: producer_id,
        kind: answer.kind,
        rtpParameters: answer.rtp_parameters,
        // Sound and picture of one stream are played in step.
        streamId: `${participant_id}-${source.startsWith('screen') ? 'screen' : 'self'}`,
      });
      if (this.#unwanted(producer_id, mark)) {
        this.#dropped.set(producer_id, consumer.id);
        consumer.close();
        return;
      }
      const remote: RemoteTrack = {
        consumerId: consumer.id,
        producerId: producer_id,
        participantId: participant_id,
        kind: answer.kind,
        source,
        track: consumer.track,
        spatialLayers: parseScalabilityMode(answer.rtp_parameters.encodings?.[0]?.scalabilityMode)
          .spatialLayers,
      };
      this.#consumptions.set(producer_id, { consumer, remote, flowing: false });
      this.tracks.update(tracks => [...tracks, remote]);
    } catch (error) {
      this.#retry(producer, mark, attempt, error);
    }
  }

  /** A consumer that ended here cannot begin anew, so the server is not to keep it for us. */
  async #letGo(producerId: string): Promise<void> {
    const consumerId = this.#dropped.get(producerId);
    if (consumerId === undefined) return;
    await this.ask('close_consumer', { consumer_id: consumerId });
    this.#dropped.delete(producerId);
  }

  #retry(producer: RemoteProducer, mark: symbol, attempt: number, error: unknown): void {
    // Closed between its announcement and our asking, or the whole connection gone: others see to that.
    if (this.#unwanted(producer.producer_id, mark) || hasCode(error, 'PRODUCER_NOT_FOUND', 'DISCONNECTED'))
      return;
    console.warn(`Attempt ${attempt} to receive ${producer.source} failed`, error);
    if (attempt >= MAX_ATTEMPTS) return;
    setTimeout(() => this.#queue(producer, mark, attempt + 1), RETRY_MS * attempt);
  }

  #unwanted(producerId: string, mark: symbol): boolean {
    return this.#closed || this.#begun.get(producerId) !== mark;
  }

  #drop(producerId: string): void {
    this.#begun.delete(producerId);
    const consumption = this.#consumptions.get(producerId);
    if (!consumption) return;
    this.#consumptions.delete(producerId);
    this.#dropped.set(producerId, consumption.consumer.id);
    this.tracks.update(tracks => tracks.filter(track => track.producerId !== producerId));
    consumption.consumer.close();
  }

  #byConsumer(consumerId: string): Consumption | undefined {
    return [...this.#consumptions.values()].find(({ consumer }) => consumer.id === consumerId);
  }
}

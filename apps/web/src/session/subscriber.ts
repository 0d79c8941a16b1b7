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
  /** Producers whose consumption was begun, with the number of attempts. */
  readonly #begun = new Map<string, number>();
  #wanted: ReadonlySet<string> = new Set();
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
    this.#wanted = new Set(producers.map(({ producer_id }) => producer_id));
    for (const producerId of this.#begun.keys()) if (!this.#wanted.has(producerId)) this.#drop(producerId);
    for (const producer of producers)
      if (!this.#begun.has(producer.producer_id)) void this.#begin(producer, 1);
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

  async #begin(producer: RemoteProducer, attempt: number): Promise<void> {
    const { producer_id, participant_id, source } = producer;
    this.#begun.set(producer_id, attempt);
    try {
      const answer = await this.ask('consume', {
        transport_id: this.transport.id,
        producer_id,
        rtp_capabilities: this.capabilities,
      });
      if (this.#unwanted(producer_id)) return;
      const consumer = await this.transport.consume({
        id: answer.consumer_id,
        producerId: producer_id,
        kind: answer.kind,
        rtpParameters: answer.rtp_parameters,
        // Sound and picture of one stream are played in step.
        streamId: `${participant_id}-${source.startsWith('screen') ? 'screen' : 'self'}`,
      });
      if (this.#unwanted(producer_id)) {
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
      this.#retry(producer, attempt, error);
    }
  }

  #retry(producer: RemoteProducer, attempt: number, error: unknown): void {
    // Closed between its announcement and our asking, or the whole connection gone: others see to that.
    if (this.#unwanted(producer.producer_id) || hasCode(error, 'PRODUCER_NOT_FOUND', 'DISCONNECTED')) return;
    console.warn(`Attempt ${attempt} to receive ${producer.source} failed`, error);
    if (attempt >= MAX_ATTEMPTS) return;
    setTimeout(() => {
      if (!this.#unwanted(producer.producer_id)) void this.#begin(producer, attempt + 1);
    }, RETRY_MS * attempt);
  }

  #unwanted(producerId: string): boolean {
    return this.#closed || !this.#wanted.has(producerId);
  }

  #drop(producerId: string): void {
    this.#begun.delete(producerId);
    const consumption = this.#consumptions.get(producerId);
    if (!consumption) return;
    this.#consumptions.delete(producerId);
    this.tracks.update(tracks => tracks.filter(track => track.producerId !== producerId));
    consumption.consumer.close();
  }

  #byConsumer(consumerId: string): Consumption | undefined {
    return [...this.#consumptions.values()].find(({ consumer }) => consumer.id === consumerId);
  }
}

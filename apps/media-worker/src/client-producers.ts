import { DomainError, type MediaKind, type MediaSource } from '#libs/domain';
import type { types } from 'mediasoup';
import { isDeepStrictEqual } from 'node:util';
import type { ClientTransport } from './client-transports.js';
import { LIMITS } from './limits.js';
import { mediaFailed, negotiated, negotiatedWith } from './negotiated.js';

export interface OwnedProducer {
  readonly producer: types.Producer;
  readonly participantId: string;
  readonly source: MediaSource;
}

export interface ProducerRequest {
  readonly kind: MediaKind;
  readonly source: MediaSource;
  readonly rtpParameters: types.RtpParameters;
  readonly paused: boolean;
}

export interface ProducerListener {
  opened(producer: OwnedProducer): void;
  closed(producer: OwnedProducer): void;
}

/** What the participants of one meeting send. */
export class ClientProducers {
  readonly #listener: ProducerListener;
  readonly #producers = new Map<string, OwnedProducer & { readonly asked?: types.RtpParameters }>();

  constructor(listener: ProducerListener) {
    this.#listener = listener;
  }

  /** Asked again with the same parameters on the same transport it answers with the producer that is there. */
  async create(on: ClientTransport, request: ProducerRequest): Promise<types.Producer> {
    if (on.direction !== 'send') throw mediaFailed('this transport is for receiving');
    const ofParticipant = [...this.#producers.values()].filter(one => one.participantId === on.participantId);
    const same = ofParticipant.find(
      one =>
        one.producer.appData.transportId === on.transport.id &&
        isDeepStrictEqual(one.asked, request.rtpParameters),
    );
    if (same) return same.producer;
    if (ofParticipant.length >= LIMITS.producersPerParticipant) {
      throw mediaFailed('this participant sends too many tracks');
    }
    const { kind, rtpParameters, paused } = request;
    const appData = { transportId: on.transport.id };
    const producer = await negotiated(() => on.transport.produce({ kind, rtpParameters, paused, appData }));
    this.add({ producer, participantId: on.participantId, source: request.source }, rtpParameters);
    return producer;
  }

  /** Takes in a producer that is open on the meeting's router. */
  add(owned: OwnedProducer, asked?: types.RtpParameters): void {
    const { producer } = owned;
    this.#producers.set(producer.id, { ...owned, asked });
    producer.observer.on('close', () => {
      this.#producers.delete(producer.id);
      this.#listener.closed(owned);
    });
    this.#listener.opened(owned);
  }

  all(): OwnedProducer[] {
    return [...this.#producers.values()];
  }

  find(producerId: string): OwnedProducer | undefined {
    return this.#producers.get(producerId);
  }

  /** @throws DomainError PRODUCER_NOT_FOUND when there is none or it is another participant's. */
  async setPaused(participantId: string, producerId: string, paused: boolean): Promise<void> {
    const found = this.#producers.get(producerId);
    if (found?.participantId !== participantId) throw new DomainError('PRODUCER_NOT_FOUND', { producerId });
    await negotiatedWith('PRODUCER_NOT_FOUND', { producerId }, () =>
      paused ? found.producer.pause() : found.producer.resume(),
    );
  }

  /** Closing what is closed, or another's, does nothing. */
  close(participantId: string, producerId: string): void {
    const found = this.#producers.get(producerId);
    if (found?.participantId === participantId) found.producer.close();
  }
}

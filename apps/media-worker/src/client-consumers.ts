import { DomainError } from '#libs/domain';
import type { types } from 'mediasoup';
import { isDeepStrictEqual } from 'node:util';
import type { BreakoutRooms } from './breakout-rooms.js';
import type { OwnedProducer } from './client-producers.js';
import type { ClientTransport, Device } from './client-transports.js';
import { LIMITS } from './limits.js';
import { mediaFailed, negotiated, negotiatedWith } from './negotiated.js';

interface OwnedConsumer extends Device {
  readonly consumer: types.Consumer;
  readonly transportId: string;
  readonly asked: types.RtpCapabilities;
  /** Participant id of who sends. */
  readonly senderId: string;
  /** The moves between rooms that were known when it was made. */
  readonly moves: number;
}

/**
 * What the devices of one meeting receive: what is sent in their own room. Consumers end with their transport, with their
 * producer, and when sender and receiver part.
 */
export class ClientConsumers {
  readonly #router: types.Router;
  readonly #rooms: BreakoutRooms;
  readonly #consumers = new Map<string, OwnedConsumer>();

  constructor(router: types.Router, rooms: BreakoutRooms) {
    this.#router = router;
    this.#rooms = rooms;
  }

  /**
   * Starts paused. Asked again with the same capabilities on the same transport it answers with what is there, unless people
   * moved meanwhile: the two may have parted and met again before this worker heard of it, and to the client, whose part of
   * the consumer ended then, the same one is of no use.
   * @throws DomainError PRODUCER_NOT_FOUND when it is sent in another room
   */
  async create(
    on: ClientTransport,
    { producer, participantId: senderId }: Pick<OwnedProducer, 'producer' | 'participantId'>,
    asked: types.RtpCapabilities,
  ): Promise<types.Consumer> {
    const producerId = producer.id;
    this.#requireTogether(on, senderId, producerId);
    if (on.direction !== 'recv') throw mediaFailed('this transport is for sending');
    const ofConnection = [...this.#consumers.values()].filter(
      one => one.participantId === on.participantId && one.connectionId === on.connectionId,
    );
    const same = ofConnection.find(
      one =>
        one.consumer.producerId === producerId &&
        one.transportId === on.transport.id &&
        isDeepStrictEqual(one.asked, asked),
    );
    if (same?.moves === this.#rooms.moves) return same.consumer;
    same?.consumer.close();
    if (ofConnection.length - (same ? 1 : 0) >= LIMITS.consumersPerConnection)
      throw mediaFailed('this connection receives too many tracks');
    if (!(await negotiated(() => this.#router.canConsume({ producerId, rtpCapabilities: asked })))) {
      throw mediaFailed('this client cannot receive the codec of this track');
    }
    const consumer = await negotiated(() =>
      on.transport.consume({ producerId, rtpCapabilities: asked, paused: true }),
    );
    const { participantId, connectionId, transport } = on;
    this.#consumers.set(consumer.id, {
      consumer,
      participantId,
      connectionId,
      transportId: transport.id,
      asked,
      senderId,
      moves: this.#rooms.moves,
    });
    consumer.observer.on('close', () => this.#consumers.delete(consumer.id));
    try {
      // They may have parted while it was made.
      this.#requireTogether(on, senderId, producerId);
    } catch (error) {
      consumer.close();
      throw error;
    }
    return consumer;
  }

  /** Ends what is received from another room. */
  closeAcrossRooms(): void {
    for (const { consumer, participantId, senderId } of [...this.#consumers.values()]) {
      if (!this.#rooms.together(participantId, senderId)) consumer.close();
    }
  }

  resume(device: Device, consumerId: string): Promise<void> {
    return this.#with(device, consumerId, async consumer => {
      await consumer.resume();
      // A decoder starts only at a key frame; the sender has no other reason to make one now.
      if (consumer.kind === 'video') await consumer.requestKeyFrame();
    });
  }

  pause(device: Device, consumerId: string): Promise<void> {
    return this.#with(device, consumerId, consumer => consumer.pause());
  }

  prefer(device: Device, consumerId: string, layers: types.ConsumerLayers): Promise<void> {
    return this.#with(device, consumerId, consumer => consumer.setPreferredLayers(layers));
  }

  /** Closing what is closed, or another's, does nothing. */
  close(device: Device, consumerId: string): void {
    this.#find(device, consumerId)?.consumer.close();
  }

  #requireTogether({ participantId }: Device, senderId: string, producerId: string): void {
    if (!this.#rooms.together(participantId, senderId))
      throw new DomainError('PRODUCER_NOT_FOUND', { producerId });
  }

  #find(device: Device, consumerId: string): OwnedConsumer | undefined {
    const found = this.#consumers.get(consumerId);
    const own = found?.participantId === device.participantId && found.connectionId === device.connectionId;
    return own ? found : undefined;
  }

  async #with(
    device: Device,
    consumerId: string,
    step: (consumer: types.Consumer) => Promise<void>,
  ): Promise<void> {
    const found = this.#find(device, consumerId);
    if (!found) throw new DomainError('CONSUMER_NOT_FOUND', { consumerId });
    await negotiatedWith('CONSUMER_NOT_FOUND', { consumerId }, () => step(found.consumer));
  }
}

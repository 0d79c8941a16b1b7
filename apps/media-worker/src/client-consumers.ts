import { DomainError } from '#libs/domain';
import type { types } from 'mediasoup';
import { isDeepStrictEqual } from 'node:util';
import type { ClientTransport, Device } from './client-transports.js';
import { LIMITS } from './limits.js';
import { mediaFailed, negotiated, negotiatedWith } from './negotiated.js';

interface OwnedConsumer extends Device {
  readonly consumer: types.Consumer;
  readonly transportId: string;
  readonly asked: types.RtpCapabilities;
}

/** What the devices of one meeting receive. Consumers end with their transport and with their producer. */
export class ClientConsumers {
  readonly #router: types.Router;
  readonly #consumers = new Map<string, OwnedConsumer>();

  constructor(router: types.Router) {
    this.#router = router;
  }

  /** Starts paused. Asked again with the same capabilities on the same transport it answers with what is there. */
  async create(
    on: ClientTransport,
    producerId: string,
    asked: types.RtpCapabilities,
  ): Promise<types.Consumer> {
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
    if (same) return same.consumer;
    if (ofConnection.length >= LIMITS.consumersPerConnection)
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
    });
    consumer.observer.on('close', () => this.#consumers.delete(consumer.id));
    return consumer;
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

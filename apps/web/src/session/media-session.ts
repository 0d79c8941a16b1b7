import { Device, type types } from 'mediasoup-client';
import type { OwnTracks } from './own-tracks.js';
import type { Ask, RemoteProducer, Source } from './protocol.js';
import { Publisher } from './publisher.js';
import type { RemoteTrack } from './remote-track.js';
import { ServiceError } from './service-error.js';
import type { Store } from './store.js';
import { Subscriber } from './subscriber.js';
import { superviseTransport } from './supervise-transport.js';

export interface MediaSessionOptions {
  readonly ask: Ask;
  /** Where the received tracks are put. */
  readonly remote: Store<readonly RemoteTrack[]>;
  /** The session is of no use any more and must be negotiated anew. */
  readonly broken: (reason: unknown) => void;
  readonly publishFailed: (source: Source, error: unknown) => void;
}

/**
 * One negotiated media connection: a device loaded with the router's capabilities, a sending and a receiving transport,
 * and what runs on them. It is not repaired: when it breaks, the next one takes its place.
 */
export class MediaSession {
  readonly subscriber: Subscriber;
  readonly #publisher: Publisher;
  #closed = false;

  /** Negotiates from the router's capabilities on; both transports are there afterwards, and connect with their first use. */
  static async negotiate(options: MediaSessionOptions): Promise<MediaSession> {
    const { ask } = options;
    const [{ rtp_capabilities }, device] = await Promise.all([
      ask('get_router_capabilities', {}),
      Device.factory(),
    ]);
    const opened = Promise.all([
      ask('create_transport', { direction: 'send' }),
      ask('create_transport', { direction: 'recv' }),
    ]);
    const [[send, recv]] = await Promise.all([
      opened,
      device.load({ routerRtpCapabilities: rtp_capabilities }),
    ]);
    return new MediaSession(options, device, send, recv);
  }

  private constructor(
    private readonly options: MediaSessionOptions,
    device: Device,
    send: TransportAnswer,
    recv: TransportAnswer,
  ) {
    this.#send = device.createSendTransport(transportOptions(send));
    this.#recv = device.createRecvTransport(transportOptions(recv));
    this.#wire(this.#send);
    this.#wire(this.#recv);
    this.#send.on('produce', ({ kind, rtpParameters, appData }, produced, failed) => {
      options
        .ask('produce', {
          transport_id: this.#send.id,
          kind,
          source: appData['source'] as Source,
          rtp_parameters: rtpParameters,
        })
        .then(({ producer_id }) => produced({ id: producer_id }), failed);
    });
    this.#publisher = new Publisher(this.#send, options.ask, options.publishFailed);
    this.subscriber = new Subscriber(this.#recv, device.recvRtpCapabilities, options.ask, options.remote);
  }

  readonly #send: types.Transport;
  readonly #recv: types.Transport;

  async publish(tracks: OwnTracks): Promise<void> {
    if (!this.#closed) await this.#publisher.publish(tracks);
  }

  /** One of our producers was closed by the server. */
  async lost(producerId: string): Promise<void> {
    if (!this.#closed) await this.#publisher.lost(producerId);
  }

  subscribe(producers: readonly RemoteProducer[]): void {
    this.subscriber.subscribe(producers);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#publisher.close();
    this.subscriber.close();
    this.#send.close();
    this.#recv.close();
  }

  #wire(transport: types.Transport): void {
    const { ask, broken } = this.options;
    transport.on('connect', ({ dtlsParameters }, connected, failed) => {
      ask('connect_transport', { transport_id: transport.id, dtls_parameters: dtlsParameters }).then(
        connected,
        failed,
      );
    });
    const restartIce = async () => {
      const { ice_parameters } = await ask('restart_ice', { transport_id: transport.id });
      if (!transport.closed) await transport.restartIce({ iceParameters: ice_parameters });
    };
    superviseTransport(transport, restartIce, reason => {
      if (!this.#closed) broken(reason ?? new ServiceError('MEDIA_FAILED', 'The media connection broke'));
    });
  }
}

interface TransportAnswer {
  readonly transport_id: string;
  readonly ice_parameters: types.IceParameters;
  readonly ice_candidates: types.IceCandidate[];
  readonly dtls_parameters: types.DtlsParameters;
}

const transportOptions = (answer: TransportAnswer): types.TransportOptions => ({
  id: answer.transport_id,
  iceParameters: answer.ice_parameters,
  iceCandidates: answer.ice_candidates,
  dtlsParameters: answer.dtls_parameters,
});

import { DomainError } from '#libs/domain';
import type { types } from 'mediasoup';
import { isDeepStrictEqual } from 'node:util';
import { LIMITS } from './limits.js';
import { mediaFailed, negotiated } from './negotiated.js';

/** One device of one participant, by its signalling connection. */
export interface Device {
  readonly participantId: string;
  readonly connectionId: string;
}

export interface ClientTransport extends Device {
  readonly transport: types.WebRtcTransport;
  readonly direction: 'send' | 'recv';
  connected?: { readonly dtlsParameters: types.DtlsParameters; readonly done: Promise<void> };
}

/** The WebRTC transports of one meeting's clients. A device reaches only its own. */
export class ClientTransports {
  readonly #router: types.Router;
  readonly #webRtcServer: types.WebRtcServer;
  readonly #transports = new Map<string, ClientTransport>();

  constructor(router: types.Router, webRtcServer: types.WebRtcServer) {
    this.#router = router;
    this.#webRtcServer = webRtcServer;
  }

  async create(device: Device, direction: 'send' | 'recv'): Promise<types.WebRtcTransport> {
    this.#makeRoom(device);
    const transport = await negotiated(() =>
      this.#router.createWebRtcTransport({
        webRtcServer: this.#webRtcServer,
        enableUdp: true,
        enableTcp: true,
        preferUdp: true,
        initialAvailableOutgoingBitrate: LIMITS.initialOutgoingBitrate,
      }),
    );
    this.#transports.set(transport.id, { ...device, transport, direction });
    transport.observer.on('close', () => this.#transports.delete(transport.id));
    // The client closed its end, or never can speak to us. A mere loss of ICE is not an end: it may restart.
    transport.on('dtlsstatechange', state => {
      if (state === 'closed' || state === 'failed') transport.close();
    });
    if (direction === 'send') await negotiated(() => transport.setMaxIncomingBitrate(LIMITS.incomingBitrate));
    return transport;
  }

  /** @throws DomainError TRANSPORT_NOT_FOUND when there is none or it is another device's. */
  owned(device: Device, transportId: string): ClientTransport {
    const found = this.#transports.get(transportId);
    if (
      !found ||
      found.participantId !== device.participantId ||
      found.connectionId !== device.connectionId
    ) {
      throw new DomainError('TRANSPORT_NOT_FOUND', { transportId });
    }
    return found;
  }

  /** Connecting again with the same parameters is harmless. */
  async connect(device: Device, transportId: string, dtlsParameters: types.DtlsParameters): Promise<void> {
    const owned = this.owned(device, transportId);
    if (!owned.connected) {
      const connected = {
        dtlsParameters,
        done: negotiated(() => owned.transport.connect({ dtlsParameters })),
      };
      owned.connected = connected;
      connected.done.catch(() => {
        if (owned.connected === connected) delete owned.connected;
      });
    } else if (!isDeepStrictEqual(owned.connected.dtlsParameters, dtlsParameters)) {
      throw mediaFailed('the transport is connected already, with other parameters');
    }
    await owned.connected.done;
  }

  async restartIce(device: Device, transportId: string): Promise<types.IceParameters> {
    const { transport } = this.owned(device, transportId);
    return negotiated(() => transport.restartIce());
  }

  /** Closes the transports of a participant, or of one of its devices. */
  close(participantId: string, connectionId?: string): void {
    for (const one of this.#of(participantId, connectionId)) one.transport.close();
  }

  #of(participantId: string, connectionId?: string): ClientTransport[] {
    return [...this.#transports.values()].filter(
      one =>
        one.participantId === participantId &&
        (connectionId === undefined || one.connectionId === connectionId),
    );
  }

  /** A client that lost an answer asks again: what it never connected goes first. */
  #makeRoom({ participantId, connectionId }: Device): void {
    const ofConnection = this.#of(participantId, connectionId);
    if (ofConnection.length >= LIMITS.transportsPerConnection) {
      const unused = ofConnection.find(one => !one.connected);
      if (!unused) throw mediaFailed('this connection has too many transports');
      unused.transport.close();
    }
    if (this.#of(participantId).length >= LIMITS.transportsPerParticipant) {
      throw mediaFailed('this participant has too many transports');
    }
  }
}

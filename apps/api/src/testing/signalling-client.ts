import { io, type Socket } from 'socket.io-client';
import { until } from './until.js';

export interface Push {
  readonly name: string;
  readonly payload: Record<string, unknown>;
}
export interface Ack {
  readonly success: boolean;
  readonly error?: {
    readonly code: string;
    readonly message: string;
    readonly details: Record<string, unknown>;
    readonly request_id: string;
  };
  readonly [field: string]: unknown;
}

/** How long an acknowledgement may take before the test says that there was none. */
const ANSWER_WITHIN_MS = 30_000;

/** One device's signalling connection; everything the server pushes is kept, in the order of its coming. */
export class SignallingClient {
  readonly pushes: Push[] = [];

  private constructor(readonly socket: Socket) {
    socket.onAny((name: string, payload: Record<string, unknown>) => this.pushes.push({ name, payload }));
  }

  /** @throws Error with the server's reason when it refuses the connection. */
  static async connect(address: string, auth: object, namespace = '/signaling'): Promise<SignallingClient> {
    const socket = io(address + namespace, {
      auth,
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
    });
    const client = new SignallingClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', error => {
        socket.disconnect();
        reject(error);
      });
    });
    return client;
  }

  /** Emits with an acknowledgement and returns it; any number of arguments, so that wrong ones can be sent too. */
  ask(name: string, ...args: unknown[]): Promise<Ack> {
    return this.socket.timeout(ANSWER_WITHIN_MS).emitWithAck(name, ...args) as Promise<Ack>;
  }

  /** As ask. @throws when the answer is a refusal. */
  async do(name: string, payload: object): Promise<Ack> {
    const ack = await this.ask(name, payload);
    if (!ack.success) throw new Error(`${name} was refused: ${JSON.stringify(ack.error)}`);
    return ack;
  }

  /** The payloads pushed under a name so far. */
  pushed(name: string): Record<string, unknown>[] {
    return this.pushes.filter(push => push.name === name).map(push => push.payload);
  }

  /** The first push of this name that fits, waited for. */
  next(
    name: string,
    fits: (payload: Record<string, unknown>) => boolean = () => true,
  ): Promise<Record<string, unknown>> {
    return until(`a push ${name}`, () => this.pushed(name).find(fits));
  }

  /** Goes away as a closed tab does. */
  async close(): Promise<void> {
    if (!this.socket.connected) return;
    const gone = new Promise(resolve => this.socket.once('disconnect', resolve));
    this.socket.disconnect();
    await gone;
  }
}

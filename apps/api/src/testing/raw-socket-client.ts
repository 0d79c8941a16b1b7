import { type ClientOptions, WebSocket } from 'ws';
import { until } from './until.js';

export interface RawPush {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Why a server did not let a socket be: its answer by HTTP. */
export class UpgradeRefused extends Error {
  constructor(
    readonly status: number,
    readonly headers: NodeJS.Dict<string | string[]>,
    readonly body: unknown,
  ) {
    super(`The upgrade was refused with ${status}: ${JSON.stringify(body)}`);
  }
}

/** One raw WebSocket whose messages are JSON; everything it receives is kept, in the order of its coming. */
export class RawSocketClient {
  readonly received: RawPush[] = [];
  /** Why it was closed; undefined while it is open. */
  closed?: { readonly code: number; readonly reason: string };

  private constructor(readonly socket: WebSocket) {
    socket.on('message', data => this.received.push(JSON.parse((data as Buffer).toString()) as RawPush));
    socket.on('close', (code, reason) => (this.closed = { code, reason: reason.toString() }));
  }

  /** @param url `ws://…` @throws UpgradeRefused */
  static async connect(url: string, options: ClientOptions = {}): Promise<RawSocketClient> {
    const socket = new WebSocket(url, options);
    const client = new RawSocketClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
      socket.once('unexpected-response', (_request, response) => {
        let text = '';
        response.once('error', reject);
        response.on('data', chunk => (text += String(chunk)));
        response.on('end', () => {
          const isJson = response.headers['content-type']?.startsWith('application/json') ?? false;
          const body: unknown = isJson ? JSON.parse(text) : text;
          reject(new UpgradeRefused(response.statusCode ?? 0, response.headers, body));
        });
      });
    });
    // From now on what goes wrong is seen in `closed`.
    socket.on('error', () => socket.terminate());
    return client;
  }

  send(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  /** The messages of a type so far. */
  of(type: string): RawPush[] {
    return this.received.filter(message => message.type === type);
  }

  /** The first message that fits, waited for. */
  next(what: string, fits: (message: RawPush) => boolean): Promise<RawPush> {
    return until(what, () => this.received.find(fits));
  }

  /** Sends a message under an id of its own and waits for the answer that carries it. */
  ask(message: object): Promise<RawPush> {
    const id = `ask-${(this.asked += 1)}`;
    this.send({ ...message, id });
    return this.next(`an answer to ${JSON.stringify(message)}`, answer => answer.id === id);
  }
  private asked = 0;

  /** Waits until it is closed, by whichever side. */
  async end(): Promise<{ readonly code: number; readonly reason: string }> {
    return until('the socket is closed', () => this.closed);
  }

  async close(): Promise<void> {
    this.socket.close(1000);
    await this.end();
  }
}

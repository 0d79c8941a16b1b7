import { io, type Socket } from 'socket.io-client';
import type { Exchanges, Push } from './protocol.js';
import { readServiceError, ServiceError } from './service-error.js';

export interface SignallingOptions {
  /** Origin of the server; empty for the page's own. */
  readonly address: string;
  /** Asked before every connection attempt. */
  readonly token: () => string;
  /** Milliseconds that an acknowledgement may take. */
  readonly timeoutMs?: number;
}

interface Handlers {
  readonly push: (push: Push) => void;
  /** Every connection, the first and those after an interruption. */
  readonly connected: () => void;
  readonly disconnected: () => void;
  /** The server does not want this token. No further attempt is made. */
  readonly refused: (error: ServiceError) => void;
}

/**
 * The Socket.IO namespace `/signaling`: requests with acknowledgement and timeout, and pushes. Reconnects by itself;
 * a request made meanwhile fails with `DISCONNECTED` instead of being sent late, into a session that knows nothing of it.
 */
export class SignallingClient {
  readonly #socket: Socket;
  readonly #timeoutMs: number;
  #handlers: Partial<Handlers> = {};
  #closed = false;

  constructor({ address, token, timeoutMs = 10_000 }: SignallingOptions) {
    this.#timeoutMs = timeoutMs;
    this.#socket = io(`${address}/signaling`, {
      auth: (give: (credentials: object) => void) => give({ token: token() }),
      transports: ['websocket'],
      forceNew: true,
      autoConnect: false,
      reconnectionDelay: 300,
      reconnectionDelayMax: 1_500,
      timeout: 8_000,
    });
    this.#socket.on('connect', () => this.#handlers.connected?.());
    this.#socket.on('disconnect', reason => {
      this.#handlers.disconnected?.();
      // The one interruption after which Socket.IO does not come back by itself.
      if (reason === 'io server disconnect') setTimeout(() => this.#reopen(), 500);
    });
    this.#socket.on('connect_error', error => {
      if (this.#socket.active) return;
      this.#handlers.refused?.(
        new ServiceError(error.message || 'UNREACHABLE', 'The server refused the connection'),
      );
    });
    this.#socket.onAny((type: string, payload: unknown) => this.#handlers.push?.({ type, payload } as Push));
  }

  get connected(): boolean {
    return this.#socket.connected;
  }

  /** Sets who is told; replaces those set before. */
  listen(handlers: Partial<Handlers>): void {
    this.#handlers = handlers;
  }

  /** Starts connecting, and resolves on the first connection. Gives up after so many milliseconds. */
  async connect(patienceMs = 15_000): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        settle();
        this.close();
        reject(new ServiceError('UNREACHABLE', 'The server did not answer'));
      }, patienceMs);
      const settle = () => {
        clearTimeout(timer);
        this.#socket.off('connect', opened);
        this.#socket.off('connect_error', failed);
      };
      const opened = () => {
        settle();
        resolve();
      };
      const failed = (error: Error) => {
        if (this.#socket.active) return;
        settle();
        reject(new ServiceError(error.message || 'UNREACHABLE', 'The server refused the connection'));
      };
      this.#socket.on('connect', opened);
      this.#socket.on('connect_error', failed);
      this.#socket.connect();
    });
  }

  /** Emits a message and waits for its acknowledgement. */
  async request<Name extends keyof Exchanges>(
    name: Name,
    payload: Exchanges[Name]['request'] & { readonly meeting_id: string },
  ): Promise<Exchanges[Name]['answer']> {
    if (!this.#socket.connected) throw new ServiceError('DISCONNECTED', 'Not connected to the server');
    return new Promise((resolve, reject) => {
      const gone = () => reject(new ServiceError('DISCONNECTED', 'The connection was interrupted'));
      this.#socket.once('disconnect', gone);
      this.#socket.timeout(this.#timeoutMs).emit(name, payload, (late: Error | null, answer: unknown) => {
        this.#socket.off('disconnect', gone);
        if (late) reject(new ServiceError('TIMEOUT', `No answer to ${name} within ${this.#timeoutMs} ms`));
        else if ((answer as { success?: boolean } | undefined)?.success) resolve(answer);
        else reject(readServiceError(answer));
      });
    });
  }

  close(): void {
    this.#handlers = {};
    this.#closed = true;
    this.#socket.disconnect();
  }

  #reopen(): void {
    if (!this.#closed) this.#socket.connect();
  }
}

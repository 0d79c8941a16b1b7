import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { DomainError, type Principal } from '#libs/domain';
import { WebSocketServer } from 'ws';
import type { Logger } from '../logger.js';
import { rawSockets } from '../metrics.js';
import { failureLevel, type Refusal } from '../refusal.js';
import { type PathPattern, pathPattern } from './path-pattern.js';
import { RawSocket } from './raw-socket.js';

/** What a gateway's decorator says: `@WebSocketGateway({ path: '/things/:id', … })`. */
export interface RawSocketOptions {
  /** Parts that begin with a colon are parameters. */
  readonly path: string;
  /** Bytes of one message; a larger one closes the connection with 1009. */
  readonly maxPayload?: number;
  /** Bytes that may wait for a slow reader before it is cut off. */
  readonly maxBuffered?: number;
  /** Milliseconds between pings; who answers none until the next one is gone. */
  readonly heartbeatMs?: number;
}

/** A request for a socket by somebody whose token is good. */
export interface Upgrade {
  readonly principal: Principal;
  /** Of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** Of the address; it may hold the token. */
  readonly query: URLSearchParams;
  readonly requestId: string;
}

/** What a gateway does, told to its server in `afterInit`. */
export interface RawSocketHandlers<Session> {
  /** Who is let in, before the upgrade: what it throws is the HTTP answer, what it returns becomes the socket's session. */
  readonly admit: (upgrade: Upgrade) => Promise<Session> | Session;
  /**
   * Takes a new socket on. Here and not in Nest's `handleConnection`, out of which a thrown error would end the process:
   * here it closes the socket.
   */
  readonly connected: (socket: RawSocket<Session>) => Promise<void> | void;
  /** The body of the answer to one who is not let in, in the dialect's format; absent: as where there is no dialect. */
  readonly refusalBody?: (refusal: Refusal, requestId: string) => unknown;
}

/** One who was let in. */
export interface AdmittedSession<Session> {
  readonly session: Session;
  /** When the right to be connected ends, in milliseconds since 1970; undefined: never. */
  readonly expiresAt?: number | undefined;
}

/** The longest that a timer of Node can wait; what is longer it would not wait for at all. */
const LONGEST_WAIT = 2 ** 31 - 1;
/** How long a client may take to close its side when the server stops, in milliseconds. */
const FAREWELL_MS = 1000;

/**
 * The sockets of one gateway: what its `afterInit` is given. It is an emitter for Nest's sake alone.
 * @typeParam Session what `admit` returns and each socket carries
 */
export class RawSocketServer<Session = unknown> extends EventEmitter {
  readonly match: PathPattern;
  private readonly upgrades: WebSocketServer;
  private readonly sockets = new Set<RawSocket<Session>>();
  private readonly heartbeat: NodeJS.Timeout;
  private handlers?: RawSocketHandlers<Session>;

  constructor(
    readonly options: RawSocketOptions,
    private readonly logger: Logger,
  ) {
    super();
    this.match = pathPattern(options.path);
    this.upgrades = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      maxPayload: options.maxPayload ?? 64 * 1024,
    });
    this.heartbeat = setInterval(() => {
      for (const socket of this.sockets) socket.beat();
    }, options.heartbeatMs ?? 30_000).unref();
  }

  /** Says what to do with those who come; until then nobody is let in. */
  serve(handlers: RawSocketHandlers<Session>): void {
    this.handlers = handlers;
  }

  /** How the gateway words a refusal, where it does itself. */
  get refusalBody(): RawSocketHandlers<Session>['refusalBody'] {
    return this.handlers?.refusalBody;
  }

  /** @throws whatever the gateway refuses the request with */
  async admitted(upgrade: Upgrade): Promise<Session> {
    if (!this.handlers) throw new DomainError('INSUFFICIENT_PERMISSION');
    return this.handlers.admit(upgrade);
  }

  /** Makes a socket of a request that is admitted. @returns false when the handshake was broken and answered with 400 */
  connect(
    request: IncomingMessage,
    connection: Duplex,
    head: Buffer,
    { session, expiresAt }: AdmittedSession<Session>,
  ): boolean {
    let isConnected = false;
    this.upgrades.handleUpgrade(request, connection, head, ws => {
      isConnected = true;
      const maxBuffered = this.options.maxBuffered ?? 1024 * 1024;
      const socket = new RawSocket(ws, connection, session, maxBuffered, this.logger);
      this.sockets.add(socket);
      const route = { route: this.options.path };
      rawSockets.inc(route);
      socket.once('disconnect', () => {
        this.sockets.delete(socket);
        rawSockets.dec(route);
      });
      if (expiresAt !== undefined) this.endAt(socket, expiresAt);
      void this.take(socket);
    });
    return isConnected;
  }

  /** Closes a socket whose token has expired: nobody stays in on the word of one that is no good any more. */
  private endAt(socket: RawSocket<Session>, expiresAt: number): void {
    const wait = Math.min(expiresAt - Date.now(), LONGEST_WAIT);
    // Tokens go by the clock, which a timer may be ahead of by some milliseconds.
    const end = (): void =>
      Date.now() < expiresAt ? this.endAt(socket, expiresAt) : socket.close(1008, 'the token has expired');
    const timer = setTimeout(end, wait).unref();
    socket.once('disconnect', () => clearTimeout(timer));
  }

  private async take(socket: RawSocket<Session>): Promise<void> {
    try {
      await this.handlers?.connected(socket);
    } catch (err) {
      this.logger[failureLevel(err)]({ err }, 'a socket could not be served');
      socket.close(1011, 'internal error');
    }
  }

  /** Says goodbye to all, and ends those that do not answer. */
  async close(): Promise<void> {
    clearInterval(this.heartbeat);
    const gone = [...this.sockets].map(
      socket => new Promise<void>(resolve => socket.once('disconnect', () => resolve())),
    );
    for (const socket of this.sockets) socket.close(1001, 'the server stops');
    const terminate = setTimeout(() => {
      for (const socket of this.sockets) socket.terminate();
    }, FAREWELL_MS);
    await Promise.all(gone);
    clearTimeout(terminate);
  }
}

import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { DomainError, type Principal } from '#libs/domain';
import type { Server, ServerOptions } from 'socket.io';
import { isOwnId, requestIdOf, safeHeaders } from './http-server.js';
import type { Logger } from './logger.js';
import { httpDuration } from './metrics.js';
import { foreignPage, type PageOrigins } from './page-origins.js';
import { bearerToken } from './raw-sockets/bearer-token.js';
import { RawSocketServer } from './raw-sockets/raw-socket-server.js';
import { refuseUpgrade } from './raw-sockets/refuse-upgrade.js';
import { internalRefusal, knownRefusal, type Refusal } from './refusal.js';

/** Bytes of one signalling message: an offer with its candidates fits well. */
const LARGEST_MESSAGE = 128 * 1024;
/** Where Socket.IO listens; its own listener takes these requests. */
const SOCKET_IO = '/socket.io/';

export interface SocketAdapterOptions {
  /** Whose token this is. @throws DomainError INVALID_TOKEN */
  readonly authenticate: (token: string | undefined) => Principal | Promise<Principal>;
  /** When the right that such a token gives ends, in milliseconds since 1970; a raw socket that began by it ends then. */
  readonly expiresAt?: (token: string) => number | undefined;
  /** Which pages may have a socket: browsers let any page ask for one, wherever it is from. */
  readonly pages: PageOrigins;
  readonly logger: Logger;
  /** Of the answer to a request for a socket that is refused. */
  readonly body: (refusal: Refusal, requestId: string) => unknown;
}

interface Found {
  readonly server: RawSocketServer;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * Two kinds of sockets on one HTTP server: gateways with a `namespace` are Socket.IO's, those with a `path` are raw
 * WebSockets ({@link RawSocketServer}). Who may not have a raw socket is told so by HTTP, before there is one.
 */
export class SocketAdapter extends IoAdapter {
  private readonly servers: RawSocketServer[] = [];
  /** Connections whose request for a raw socket is being decided. */
  private readonly undecided = new Set<Duplex>();
  private isClosing = false;

  constructor(
    app: INestApplicationContext,
    private readonly options: SocketAdapterOptions,
  ) {
    super(app);
    const server = this.httpServer as HttpServer & { shouldUpgradeCallback: unknown };
    server.on('upgrade', this.onUpgrade);
    // An offer of another protocol, such as curl's of HTTP/2, may be ignored (RFC 9110, 7.8): it gets a plain answer.
    server.shouldUpgradeCallback = ({ headers }: IncomingMessage) =>
      headers.upgrade?.toLowerCase() === 'websocket';
  }

  /** @returns for a gateway with a path its RawSocketServer, for one with a namespace Socket.IO's */
  override create(port: number, options?: ServerOptions): ReturnType<IoAdapter['create']> {
    if (options?.path === undefined) return super.create(port, options);
    const server = new RawSocketServer(options, this.options.logger);
    this.servers.push(server);
    return server as unknown as Server;
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const { pages } = this.options;
    const server = super.createIOServer(port, {
      ...options,
      maxHttpBufferSize: LARGEST_MESSAGE,
      serveClient: false,
      pingInterval: 5000,
      pingTimeout: 5000,
      // What is not for Socket.IO is answered here.
      destroyUpgrade: false,
      allowRequest: ({ headers }, decide) => decide(null, pages.admits(headers)),
      cors: { origin: (origin, decide) => decide(null, pages.allows(origin)) },
    } as ServerOptions);
    // Nothing is served in the namespace `/`, and it asks for no token.
    server.use((_socket, next) => next(new Error('NOT_FOUND')));
    return server;
  }

  /** Ends the sockets alone: closing Socket.IO's server would close, and wait for, the HTTP server they share. */
  override async close(server: Server | RawSocketServer): Promise<void> {
    this.isClosing = true;
    for (const connection of this.undecided) connection.destroy();
    if (server instanceof RawSocketServer) return server.close();
    server.disconnectSockets(true);
    (server as { engine?: { close(): void } }).engine?.close();
  }

  private readonly onUpgrade = (request: IncomingMessage, connection: Duplex, head: Buffer): void => {
    if (request.url?.startsWith(SOCKET_IO)) return;
    connection.on('error', () => connection.destroy());
    this.undecided.add(connection);
    this.upgrade(request, connection, head)
      .catch((err: unknown) => {
        this.options.logger.error({ err }, 'request failed');
        connection.destroy();
      })
      .finally(() => this.undecided.delete(connection));
  };

  private async upgrade(request: IncomingMessage, connection: Duplex, head: Buffer): Promise<void> {
    const began = performance.now();
    const requestId = requestIdOf(request);
    const [path = '', query] = (request.url ?? '').split('?', 2);
    const found = this.find(path);
    const status = await this.admit(request, new URLSearchParams(query), found, requestId).then(
      connect => (connect(connection, head) ? 101 : 400),
      (error: unknown) => this.refuse(connection, error, requestId, found),
    );
    const route = found?.server.options.path ?? 'none';
    const elapsed = performance.now() - began;
    httpDuration.observe({ method: 'GET', route, status: String(status) }, elapsed / 1000);
    const id = found?.params.id;
    const ms = Math.round(elapsed * 10) / 10;
    // Never the address: it may hold a token. A fault of our own is told where it is caught.
    this.options.logger[status >= 500 ? 'warn' : 'info'](
      { reqId: requestId, method: 'GET', route, ...(isOwnId(id) && { id }), status, ms },
      'request',
    );
  }

  /** Decides on a request; what is returned makes the socket. @throws what refuses it */
  private async admit(
    request: IncomingMessage,
    query: URLSearchParams,
    found: Found | undefined,
    requestId: string,
  ): Promise<(connection: Duplex, head: Buffer) => boolean> {
    if (!found) throw new DomainError('NOT_FOUND');
    if (!this.options.pages.admits(request.headers)) throw foreignPage();
    const token = bearerToken(request.headers, query);
    const principal = await this.options.authenticate(token);
    const expiresAt = token === undefined ? undefined : this.options.expiresAt?.(token);
    const { params } = found;
    const session = await found.server.admitted({ principal, params, query, requestId });
    if (this.isClosing) throw new DomainError('UNAVAILABLE');
    return (connection, head) => found.server.connect(request, connection, head, { session, expiresAt });
  }

  /** @returns the status of the answer */
  private refuse(connection: Duplex, err: unknown, requestId: string, found?: Found): number {
    const known = knownRefusal(err);
    if (!known) this.options.logger.error({ err, reqId: requestId }, 'request failed');
    const refusal = known ?? internalRefusal;
    const body = found?.server.refusalBody ?? this.options.body;
    refuseUpgrade(connection, refusal, safeHeaders(requestId), body(refusal, requestId));
    return refusal.status;
  }

  private find(path: string): Found | undefined {
    for (const server of this.servers) {
      const params = server.match(path);
      if (params) return { server, params };
    }
    return undefined;
  }
}

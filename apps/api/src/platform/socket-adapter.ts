import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server, ServerOptions } from 'socket.io';

/** Bytes of one signalling message: an offer with its candidates fits well. */
const LARGEST_MESSAGE = 128 * 1024;

/** Socket.IO with limits, that does not hold up the shutdown of the HTTP server it shares. */
export class SocketAdapter extends IoAdapter {
  override createIOServer(port: number, options?: ServerOptions): Server {
    const server = super.createIOServer(port, {
      ...options,
      maxHttpBufferSize: LARGEST_MESSAGE,
      serveClient: false,
      pingInterval: 5000,
      pingTimeout: 5000,
    } as ServerOptions);
    // Nothing is served in the namespace `/`, and it asks for no token.
    server.use((_socket, next) => next(new Error('NOT_FOUND')));
    return server;
  }

  override close(server: Server): Promise<void> {
    server.disconnectSockets(true);
    (server as { engine?: { close(): void } }).engine?.close();
    return Promise.resolve();
  }
}

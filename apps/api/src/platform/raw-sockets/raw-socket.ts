import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import type { Logger } from '../logger.js';
import { TextFrame } from './text-frame.js';

/** Messages that wait for their turn before no more are read from the network. */
const MOST_WAITING = 64;

/** A message as it came: text, or the bytes of a binary frame. */
export type RawMessage = string | Buffer;

/**
 * One WebSocket connection. Its messages are handled one after the other, so that answers come in their order. Emits
 * `disconnect` once, when it is closed by whichever side.
 * @typeParam Session what the gateway knows of it since it let it in
 */
export class RawSocket<Session = unknown> extends EventEmitter<{ disconnect: [code: number] }> {
  private readonly inbox: RawMessage[] = [];
  private handle?: (message: RawMessage) => Promise<void> | void;
  private isHandling = false;
  private unsent = 0;
  private waiting: (() => void)[] = [];
  private isAlive = true;

  constructor(
    private readonly ws: WebSocket,
    /** What `ws` reads from and writes to. */
    private readonly connection: Duplex,
    readonly session: Session,
    /** Bytes that may wait for a slow reader before it is cut off. */
    private readonly maxBuffered: number,
    private readonly logger: Logger,
  ) {
    super();
    ws.on('message', (data, isBinary) => this.receive(data, isBinary));
    ws.on('pong', () => (this.isAlive = true));
    // Such as a message that is too large: ws closes the connection with the code for it.
    ws.on('error', error => logger.debug({ reason: error.message }, 'socket failed'));
    ws.on('close', code => {
      this.inbox.length = 0;
      this.letGo();
      this.emit('disconnect', code);
    });
  }

  /** Bytes that wait to be sent. */
  get bufferedAmount(): number {
    return this.ws.bufferedAmount;
  }

  /** Whether it is neither closed nor closing. */
  get isOpen(): boolean {
    return this.ws.readyState === this.ws.OPEN;
  }

  /** Hands each message over once the one before is done; what came before this call as well. */
  serve(handle: (message: RawMessage) => Promise<void> | void): void {
    this.handle = handle;
    void this.work();
  }

  /** Sends a message as JSON; nothing to a connection that is closed. Whoever does not read what waits is cut off. */
  send(message: object): void {
    this.sendFrame(new TextFrame(JSON.stringify(message)));
  }

  /** The same with a message that may go to others as well. */
  sendFrame(frame: TextFrame): void {
    if (!this.isOpen) return;
    if (this.ws.bufferedAmount > this.maxBuffered) {
      this.logger.info({ buffered: this.ws.bufferedAmount }, 'a socket that reads too slowly is cut off');
      // close() would wait behind the backlog.
      this.ws.terminate();
      return;
    }
    this.unsent += 1;
    // In one write: `ws` makes a head for each connection, and writes it apart.
    this.connection.write(frame.bytes, error => {
      this.unsent -= 1;
      if (!error) this.isAlive = true;
      if (this.unsent === 0) this.letGo();
    });
  }

  /** Resolved when all that was sent so far has left for the network, or never can. */
  sent(): Promise<void> {
    if (this.unsent === 0 || this.ws.readyState === this.ws.CLOSED) return Promise.resolve();
    return new Promise(resolve => this.waiting.push(resolve));
  }

  /** @param code of RFC 6455, section 7.4 */
  close(code: number, reason = ''): void {
    this.ws.close(code, reason);
  }

  /** Ends it without ceremony. */
  terminate(): void {
    this.ws.terminate();
  }

  /** Asks for a sign of life; without one since the last time it is ended. */
  beat(): void {
    if (!this.isAlive) {
      this.ws.terminate();
      return;
    }
    this.isAlive = false;
    if (this.isOpen) this.ws.ping();
  }

  private receive(data: RawData, isBinary: boolean): void {
    this.isAlive = true;
    if (!this.isOpen) return;
    const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer);
    this.inbox.push(isBinary ? bytes : bytes.toString());
    if (this.inbox.length >= MOST_WAITING) this.ws.pause();
    void this.work();
  }

  private async work(): Promise<void> {
    if (this.isHandling || !this.handle) return;
    this.isHandling = true;
    try {
      for (let next = this.inbox.shift(); next !== undefined && this.isOpen; next = this.inbox.shift()) {
        await this.handle(next);
        if (this.ws.isPaused && this.inbox.length < MOST_WAITING / 2) this.ws.resume();
      }
    } catch (err) {
      this.logger.error({ err }, 'a socket message failed');
      this.close(1011, 'internal error');
    } finally {
      this.isHandling = false;
    }
  }

  private letGo(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}

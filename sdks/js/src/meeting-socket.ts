import { backOff } from './back-off.js';
import { camelCased, snakeCased } from './case-conversion.js';
import { MeetingError } from './meeting-error.js';
import type { MeetingEvents, MeetingMessage } from './meeting-events.js';

/** As much of a WebSocket as is needed; that of browsers and Node fits, and so does the one of the package `ws`. */
export interface WebSocketLike {
  send(text: string): void;
  close(): void;
  addEventListener(type: string, listener: (event: object) => void): void;
}

export interface SocketParts {
  readonly meetingId: string;
  /** Opens a connection that begins after this position of the log; at what happens now when absent. */
  readonly open: (lastPosition: number | undefined) => Promise<WebSocketLike>;
  /** Why it makes no sense to try again; undefined where it does. */
  readonly refusal: () => Promise<MeetingError | undefined>;
  readonly tell: <Type extends keyof MeetingEvents>(type: Type, event: MeetingEvents[Type]) => void;
  /** How often a first connection is tried; one that was there once is tried for ever. */
  readonly firstAttempts: number;
  /** The longest wait between attempts. */
  readonly maxDelayMs: number;
  /** After so long without a word the server is asked for one; after twice as long the connection is given up. */
  readonly silenceMs: number;
}

interface Asked {
  readonly resolve: (data: unknown) => void;
  readonly reject: (error: MeetingError) => void;
}

/**
 * The socket of one meeting, kept alive: a lost connection is made again, from the last position that was seen, so that
 * each event is told once, in order. Begins at once; ends with `close`, with the meeting, or when it is refused.
 */
export class MeetingSocket {
  private socket?: WebSocketLike;
  private isReady = false;
  private wasReady = false;
  private isOver = false;
  private failures = 0;
  private lastPosition?: number;
  private timer?: ReturnType<typeof setTimeout>;
  private asked = new Map<string, Asked>();
  private askedSoFar = 0;
  private readonly becameReady: Promise<void>;
  private ready!: () => void;
  private failed!: (error: MeetingError) => void;

  constructor(private readonly parts: SocketParts) {
    this.becameReady = new Promise((resolve, reject) => {
      this.ready = resolve;
      this.failed = reject;
    });
    // Whoever does not wait for it hears of it by `closed`.
    this.becameReady.catch((error: unknown) => error);
    void this.connect();
  }

  /** Resolved once it is connected for the first time. @throws MeetingError when that will never be */
  whenReady(): Promise<void> {
    return this.becameReady;
  }

  /**
   * Sends a message and waits for its acknowledgement.
   * @returns what the server says to it
   * @throws MeetingError of the server, or CONNECTION_LOST where no answer came: it is not sent again, since it might
   *   happen twice
   */
  async ask(type: string, data: object): Promise<unknown> {
    await this.becameReady;
    if (!this.isReady) throw this.lost('The socket is not connected; nothing was sent');
    const id = String((this.askedSoFar += 1));
    const answer = new Promise((resolve, reject) => this.asked.set(id, { resolve, reject }));
    this.send({ type, id, data: snakeCased(data) });
    return answer;
  }

  /** Ends it for good. */
  close(error?: MeetingError): void {
    if (this.isOver) return;
    this.isOver = true;
    this.drop();
    this.failed(
      error ?? new MeetingError({ code: 'CONNECTION_CLOSED', status: 0, message: 'The socket was closed' }),
    );
    this.parts.tell('closed', { meetingId: this.parts.meetingId, ...(error && { error }) });
  }

  private async connect(): Promise<void> {
    let socket: WebSocketLike;
    try {
      socket = await this.parts.open(this.lastPosition);
    } catch {
      // No token could be got; what stands in the way may pass, as with a socket that cannot be opened.
      return this.next(true);
    }
    if (this.isOver) {
      socket.close();
      return;
    }
    this.socket = socket;
    // Only the connection of now counts: one that was given up may still say something.
    socket.addEventListener('message', event => {
      if (this.socket === socket) this.receive((event as { data?: unknown }).data);
    });
    socket.addEventListener('close', () => {
      if (this.socket === socket) this.again();
    });
    // A close follows, which is what counts; but an error nobody listens to may end the program.
    socket.addEventListener('error', () => undefined);
    this.listenForSilence();
  }

  private receive(text: unknown): void {
    const message = camelCased<MeetingMessage<never> & { id?: string }>(JSON.parse(String(text)));
    this.listenForSilence();
    const { type, data, position, id } = message;
    if (type === 'connected') return this.welcome(data);
    if (type === 'pong') return;
    if (type === 'ack' || type === 'error') return this.answer(type, id, data);
    if (position !== undefined) {
      if (this.lastPosition !== undefined && position <= this.lastPosition) return;
      this.lastPosition = position;
    }
    this.parts.tell(type as never, message as never);
    this.parts.tell('message', message);
    if (type === 'meeting_ended' || type === 'meeting_cancelled') this.close();
  }

  private welcome(data: { connectionId: string; position: number; isInMeeting: boolean }): void {
    this.lastPosition ??= data.position;
    this.isReady = true;
    this.wasReady = true;
    this.failures = 0;
    this.ready();
    const { connectionId, isInMeeting } = data;
    this.parts.tell('connected', { meetingId: this.parts.meetingId, connectionId, isInMeeting });
  }

  private answer(type: 'ack' | 'error', id: string | undefined, data: object): void {
    const asked = id === undefined ? undefined : this.asked.get(id);
    if (id === undefined || !asked) return;
    this.asked.delete(id);
    if (type === 'ack') asked.resolve(data);
    else asked.reject(MeetingError.of(0, data));
  }

  /** Lets the connection go, and tells those who wait for an answer that there will be none. */
  private drop(): void {
    clearTimeout(this.timer);
    const { socket, asked } = this;
    this.socket = undefined;
    this.isReady = false;
    this.asked = new Map();
    socket?.close();
    for (const { reject } of asked.values()) {
      reject(this.lost('The socket was lost before the answer came: it may have happened or not'));
    }
  }

  private again(): void {
    const wasRefused = !this.isReady;
    this.drop();
    void this.next(wasRefused);
  }

  /** What comes after a connection that went, or was never there. */
  private async next(wasRefused: boolean): Promise<void> {
    // A browser does not say why there is no socket; the REST API does.
    const refusal = wasRefused ? await this.parts.refusal() : undefined;
    if (this.isOver) return;
    const attempt = (this.failures += 1);
    if (refusal) return this.close(refusal);
    if (!this.wasReady && attempt >= this.parts.firstAttempts) {
      return this.close(
        new MeetingError({ code: 'NETWORK_ERROR', status: 0, message: 'The socket cannot be opened' }),
      );
    }
    const delayMs = backOff(attempt - 1, this.parts.maxDelayMs);
    this.timer = setTimeout(() => void this.connect(), delayMs);
    this.parts.tell('reconnecting', { meetingId: this.parts.meetingId, attempt, delayMs });
  }

  /** Asks for a word when there was none for a while, and gives the connection up when there is still none. */
  private listenForSilence(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.isReady) this.send({ type: 'ping', data: {} });
      this.timer = setTimeout(() => this.again(), this.parts.silenceMs);
    }, this.parts.silenceMs);
  }

  private send(message: object): void {
    this.socket?.send(JSON.stringify(message));
  }

  private lost(message: string): MeetingError {
    return new MeetingError({ code: 'CONNECTION_LOST', status: 0, message });
  }
}

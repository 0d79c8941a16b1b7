import { HttpTransport, type RequestOptions, type Token } from './http-transport.js';
import { Listeners } from './listeners.js';
import { MeetingApi } from './meeting-api.js';
import { MeetingError } from './meeting-error.js';
import type { MeetingEvents } from './meeting-events.js';
import { MeetingSocket, type WebSocketLike } from './meeting-socket.js';
import type { JoinedParticipant, JoinMeeting, LeftMeeting } from './meeting-types.js';

export interface MeetingClientOptions {
  /** Such as `https://api.example.com`. */
  readonly apiUrl: string;
  readonly token: Token;
  /** Attempts after the first one, of requests that may be tried again. 3 when absent. */
  readonly maxRetries?: number;
  /** The longest wait before an attempt; where the server asks for a longer one, the call fails at once. 10,000 when absent. */
  readonly maxRetryDelayMs?: number;
  /** For one attempt to be answered. 15,000 when absent. */
  readonly timeoutMs?: number;
  /** Without a word from the server for so long its socket is asked for a sign of life. 20,000 when absent. */
  readonly silenceMs?: number;
  /** In place of the global `fetch`. */
  readonly fetch?: typeof fetch;
  /** In place of the global `WebSocket`; needed on Node 20, which has none: the class of the package `ws` fits. */
  readonly WebSocket?: new (url: string) => WebSocketLike;
}

const THIRTY_SECONDS = 30_000;

/** The REST API's word that a socket will not be had by trying again. */
const FINAL = [400, 401, 403, 404, 410];

/**
 * A user's client of the meeting API. Every method throws a MeetingError where the API refuses; requests are tried again
 * while the server cannot be reached or asks to wait, and happen once all the same.
 *
 * Sockets open by themselves: once there is a listener and a meeting was joined, or asked for with `connect`.
 */
export class MeetingClient extends MeetingApi {
  private readonly listeners = new Listeners<MeetingEvents>();
  private readonly sockets = new Map<string, MeetingSocket>();
  private readonly joined = new Set<string>();

  constructor(private readonly options: MeetingClientOptions) {
    super(
      new HttpTransport({
        apiUrl: options.apiUrl,
        token: options.token,
        // Browsers let their fetch be called on nothing but the window: never as a method of something else.
        fetch: (url, init) => (options.fetch ?? fetch)(url, init),
        maxRetries: options.maxRetries ?? 3,
        maxRetryDelayMs: options.maxRetryDelayMs ?? 10_000,
        timeoutMs: options.timeoutMs ?? 15_000,
      }),
    );
  }

  /**
   * Joins, and opens the meeting's socket where somebody listens.
   * @throws MeetingError WAITING_ROOM_REQUIRED (status 202): join again after the event `admitted`
   */
  override async joinMeeting(
    meetingId: string,
    how: JoinMeeting = {},
    options?: RequestOptions,
  ): Promise<JoinedParticipant> {
    const attending = (): void => {
      this.joined.add(meetingId);
      this.openWhatIsListenedTo();
    };
    try {
      const participant = await super.joinMeeting(meetingId, how, options);
      attending();
      return participant;
    } catch (error) {
      if (error instanceof MeetingError && error.code === 'WAITING_ROOM_REQUIRED') attending();
      throw error;
    }
  }

  /** Leaves, and closes the meeting's socket. */
  override async leaveMeeting(meetingId: string, options?: RequestOptions): Promise<LeftMeeting> {
    const left = await super.leaveMeeting(meetingId, options);
    this.disconnect(meetingId);
    return left;
  }

  /**
   * Shows a reaction, such as `thumbs_up`, to all for so many seconds. It goes over the socket, which is opened where it
   * is not, and is not sent again when the answer is lost.
   */
  async sendReaction(meetingId: string, reactionType: string, duration = 3): Promise<void> {
    await this.socketOf(meetingId).ask('reaction', { reactionType, duration });
  }

  /**
   * Calls back with every event of this type, of all meetings that are connected.
   * @returns what ends that
   * @throws TypeError where there is no WebSocket
   */
  on<Type extends keyof MeetingEvents>(
    type: Type,
    listener: (event: MeetingEvents[Type]) => void,
  ): () => void {
    this.webSocket();
    const off = this.listeners.add(type, listener);
    this.openWhatIsListenedTo();
    return off;
  }

  off<Type extends keyof MeetingEvents>(type: Type, listener: (event: MeetingEvents[Type]) => void): void {
    this.listeners.remove(type, listener);
  }

  /** Opens a meeting's socket, joined or not. Resolved once it is there. @throws MeetingError when it cannot be had */
  connect(meetingId: string): Promise<void> {
    return this.socketOf(meetingId).whenReady();
  }

  /** Closes a meeting's socket, until it is joined or connected again. */
  disconnect(meetingId: string): void {
    this.joined.delete(meetingId);
    this.sockets.get(meetingId)?.close();
  }

  /** Closes all sockets. */
  close(): void {
    this.joined.clear();
    for (const socket of [...this.sockets.values()]) socket.close();
  }

  private openWhatIsListenedTo(): void {
    if (this.listeners.isEmpty) return;
    for (const meetingId of this.joined) this.socketOf(meetingId);
  }

  private socketOf(meetingId: string): MeetingSocket {
    const there = this.sockets.get(meetingId);
    if (there) return there;
    this.webSocket();
    const socket = new MeetingSocket({
      meetingId,
      open: lastPosition => this.openSocket(meetingId, lastPosition),
      refusal: () => this.refusalOf(meetingId),
      firstAttempts: 1 + (this.options.maxRetries ?? 3),
      maxDelayMs: THIRTY_SECONDS,
      silenceMs: this.options.silenceMs ?? 20_000,
      tell: (type, event) => {
        if (type === 'closed') {
          this.sockets.delete(meetingId);
          this.joined.delete(meetingId);
        }
        this.listeners.tell(type, event);
      },
    });
    this.sockets.set(meetingId, socket);
    return socket;
  }

  private webSocket(): new (url: string) => WebSocketLike {
    const WebSocketClass = this.options.WebSocket ?? globalThis.WebSocket;
    if (WebSocketClass) return WebSocketClass;
    throw new TypeError('There is no global WebSocket here (Node 22 has one): pass the option WebSocket');
  }

  private async openSocket(meetingId: string, lastPosition?: number): Promise<WebSocketLike> {
    const url = new URL(
      this.options.apiUrl.replace(/\/+$/, '') + `/ws/meetings/${encodeURIComponent(meetingId)}`,
    );
    url.protocol = url.protocol.replace('http', 'ws');
    // Browsers can set no header here.
    url.searchParams.set('token', await this.http.token());
    if (lastPosition !== undefined) url.searchParams.set('last_position', String(lastPosition));
    return new (this.webSocket())(url.href);
  }

  private async refusalOf(meetingId: string): Promise<MeetingError | undefined> {
    try {
      const { status } = await this.getMeetingStatus(meetingId);
      if (status !== 'ended' && status !== 'cancelled') return undefined;
      return new MeetingError({ code: 'MEETING_ENDED', status: 410, message: 'The meeting has ended' });
    } catch (error) {
      return error instanceof MeetingError && FINAL.includes(error.status) ? error : undefined;
    }
  }
}

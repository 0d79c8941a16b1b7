import type { RecordedTrack } from '#libs/domain';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import type { RecordingFiles } from '../recording-files.js';
import { isRtcp, parseRtpPacket } from './rtp-packet.js';
import { TrackCapture } from './track-capture.js';
import { UnclaimedPackets } from './unclaimed-packets.js';

/** Files are at most this far behind. */
const FLUSH_MS = 200;
/** A burst of key frames of a large meeting. */
const RECEIVE_BUFFER_BYTES = 4 << 20;
/** Lost packets are noticed at the next packet, or after this long. */
const DRAIN_MS = 100;

export interface CaptureSessionOptions {
  readonly files: RecordingFiles;
  /** Address to listen on; the port is any free one. */
  readonly host: string;
  /** The recording's start, milliseconds since 1970. */
  readonly epoch: number;
  readonly onKeyFrameNeeded: (trackId: string) => void;
  readonly onError: (error: Error, trackId?: string) => void;
}

/** Captures one recording: one UDP port for all its tracks, told apart by SSRC. */
export class CaptureSession {
  readonly #options: CaptureSessionOptions;
  readonly #socket: Socket;
  readonly #tracks = new Map<number, TrackCapture>();
  readonly #named = new Set<string>();
  readonly #unclaimed = new UnclaimedPackets();
  readonly #timers: NodeJS.Timeout[] = [];
  /** Wall clock at the session's start; from there a clock that no time server sets back. */
  readonly #started = Date.now() - performance.now();
  #closed = false;

  private constructor(options: CaptureSessionOptions) {
    this.#options = options;
    mkdirSync(options.files.tracksDirectory, { recursive: true });
    this.#socket = createSocket('udp4');
  }

  /** Listens. @throws Error when the address cannot be bound or the folder not be made. */
  static async start(options: CaptureSessionOptions): Promise<CaptureSession> {
    const session = new CaptureSession(options);
    await session.#listen();
    return session;
  }

  get port(): number {
    return this.#socket.address().port;
  }

  /** Names a source. Packets of it that came before are recorded too. @throws as TrackCapture does */
  addTrack(track: RecordedTrack): void {
    const { files, epoch, onKeyFrameNeeded, onError } = this.#options;
    const { trackId, ssrc } = track;
    if (this.#named.has(trackId)) return;
    const capture = new TrackCapture({
      track,
      mediaPath: files.track(trackId),
      sidecarPath: files.sidecar(trackId),
      epoch,
      onKeyFrameNeeded: () => onKeyFrameNeeded(trackId),
      onError: error => onError(error, trackId),
    });
    this.#named.add(trackId);
    this.#tracks.get(ssrc)?.close(); // its source's number is another track's now
    this.#tracks.set(ssrc, capture);
    // Each by its own time: else what waited here would seem to have waited for a missing packet.
    for (const packet of this.#unclaimed.claim(ssrc)) capture.packet(packet, packet.arrivedAt);
  }

  /** Closes port and files; what was received is in them. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const timer of this.#timers) clearInterval(timer);
    for (const track of this.#tracks.values()) track.close();
    this.#tracks.clear();
    const closed = once(this.#socket, 'close');
    this.#socket.close();
    await closed;
  }

  async #listen(): Promise<void> {
    this.#socket.on('message', datagram => this.#receive(datagram));
    const listening = once(this.#socket, 'listening');
    this.#socket.bind(0, this.#options.host);
    await listening;
    this.#socket.on('error', error => this.#options.onError(error));
    this.#socket.setRecvBufferSize(RECEIVE_BUFFER_BYTES);
    this.#timers.push(
      setInterval(() => this.#each(track => track.drain(this.#now())), DRAIN_MS),
      setInterval(() => this.#each(track => track.flush()), FLUSH_MS),
    );
  }

  #receive(datagram: Buffer): void {
    if (this.#closed || isRtcp(datagram)) return;
    const now = this.#now();
    const packet = parseRtpPacket(datagram, now);
    if (!packet) return;
    const track = this.#tracks.get(packet.ssrc);
    if (track) track.packet(packet, now);
    else this.#unclaimed.add(packet);
  }

  #each(action: (track: TrackCapture) => void): void {
    for (const track of this.#tracks.values()) action(track);
  }

  #now(): number {
    return this.#started + performance.now();
  }
}

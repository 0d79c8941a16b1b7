import type { RecordedTrack } from '#libs/domain';
import { MatroskaWriter, type MediaBlock } from '../matroska/matroska-writer.js';
import type { TrackHeader } from '../matroska/track-header.js';
import { isOpus, videoCodec } from './codecs.js';
import type { FrameInfo } from './depacketizer.js';
import { FrameAssembler } from './frame-assembler.js';
import { KeyFrameRequest } from './key-frame-request.js';
import { MediaClock } from './media-clock.js';
import { ReorderBuffer } from './reorder-buffer.js';
import type { RtpPacket } from './rtp-packet.js';
import { SidecarWriter } from './sidecar.js';

export interface TrackCaptureOptions {
  readonly track: RecordedTrack;
  readonly mediaPath: string;
  readonly sidecarPath: string;
  /** Milliseconds since 1970. */
  readonly epoch: number;
  readonly onKeyFrameNeeded: () => void;
  /** The file could not be written; the track goes on with what can be. */
  readonly onError: (error: Error) => void;
}

/** Writes one track's RTP packets to its file, as they are encoded. */
export class TrackCapture {
  readonly track: RecordedTrack;
  readonly #options: TrackCaptureOptions;
  readonly #reorder = new ReorderBuffer();
  readonly #clock: MediaClock;
  readonly #sidecar: SidecarWriter;
  readonly #assembler: FrameAssembler | undefined;
  readonly #keyFrames: KeyFrameRequest;
  #writer: MatroskaWriter | undefined;
  #failed = false;
  #started = false;
  #waitsForKeyFrame: boolean;
  #size = '';
  #packets = 0;
  #lost = 0;
  #frames = 0;

  /** @throws RangeError for a codec that cannot be recorded; Error of the file system. */
  constructor(options: TrackCaptureOptions) {
    const { track } = options;
    const video = videoCodec(track.mimeType);
    if (!video && !isOpus(track.mimeType)) throw new RangeError(`cannot record ${track.mimeType}`);
    this.track = track;
    this.#options = options;
    this.#clock = new MediaClock(track.clockRate, options.epoch);
    this.#assembler = video && new FrameAssembler(video.depacketizer());
    this.#waitsForKeyFrame = video !== undefined;
    this.#keyFrames = new KeyFrameRequest(options.onKeyFrameNeeded);
    this.#sidecar = new SidecarWriter(options.sidecarPath);
    this.#sidecar.write({ event: 'opened', mimeType: track.mimeType, ssrc: track.ssrc });
  }

  /** Takes a packet of this track's source. */
  packet(packet: RtpPacket, now: number): void {
    this.#packets++;
    this.#reorder.push(packet);
    this.drain(now);
  }

  /** Records what is in order or has waited long enough. @param now milliseconds since 1970 */
  drain(now: number): void {
    for (let next = this.#reorder.take(now); next; next = this.#reorder.take(now))
      this.#record(next.packet, next.lost, now);
  }

  /** Brings what was recorded to the file. */
  flush(): void {
    this.#guarded(() => {
      this.#sidecar.flush();
      this.#writer?.flush();
    });
  }

  /** Records what still waits for missing packets and closes the files. */
  close(): void {
    this.drain(Infinity);
    const dropped = this.#assembler?.dropped ?? 0;
    const statistics = {
      packets: this.#packets,
      lost: this.#lost,
      late: this.#reorder.late,
      frames: this.#frames,
      dropped,
    };
    this.#sidecar.write({ event: 'end', ...statistics });
    this.#guarded(() => this.#writer?.close());
    this.#guarded(() => this.#sidecar.close());
  }

  #record(packet: RtpPacket, lost: number, now: number): void {
    const at = this.#timeOf(packet);
    if (lost > 0) {
      this.#lost += lost;
      this.#sidecar.write({ event: 'loss', at, packets: lost });
      this.#waitsForKeyFrame = this.#assembler !== undefined;
    }
    if (packet.payloadType !== this.track.payloadType || packet.payload.length === 0) return;
    if (!this.#assembler) {
      this.#write(
        { codec: 'A_OPUS', channels: this.track.channels ?? 2 },
        { at, keyFrame: true, data: packet.payload },
      );
      return;
    }
    const frame = this.#assembler.add(packet, lost > 0);
    if (frame) this.#recordFrame(frame, at, now);
    else if (this.#waitsForKeyFrame) this.#keyFrames.needed(now);
  }

  #recordFrame(frame: FrameInfo, at: number, now: number): void {
    if (frame.keyFrame) {
      this.#waitsForKeyFrame = false;
      this.#keyFrames.got(now);
    }
    if (this.#waitsForKeyFrame) return this.#keyFrames.needed(now);
    this.#keyFrames.regular(now);
    const { size, codecPrivate, keyFrame, data } = frame;
    if (size && `${size.width}x${size.height}` !== this.#size) {
      this.#size = `${size.width}x${size.height}`;
      this.#sidecar.write({ event: 'size', at, ...size });
    }
    const { codec } = videoCodec(this.track.mimeType)!;
    // Of the header only the first frame's matters, and that is a key frame with a size.
    this.#write(
      { codec, width: size?.width ?? 0, height: size?.height ?? 0, codecPrivate },
      { at, keyFrame, data },
    );
  }

  #write(header: TrackHeader, block: MediaBlock): void {
    if (this.#failed) return;
    try {
      this.#writer ??= new MatroskaWriter(this.#options.mediaPath, header);
    } catch (error) {
      this.#failed = true;
      this.#options.onError(error as Error);
      return;
    }
    // The reorder buffer's payloads are views into datagrams that nobody else writes to: no copy is needed.
    this.#writer.write(block);
    this.#frames++;
  }

  #timeOf(packet: RtpPacket): number {
    const { at, reanchoredBy, smallestDelay } = this.#clock.timeOf(packet.timestamp, packet.arrivedAt);
    if (!this.#started) this.#sidecar.write({ event: 'start', at, rtpTimestamp: packet.timestamp });
    this.#started = true;
    if (reanchoredBy !== undefined) this.#sidecar.write({ event: 'reanchor', at, by: reanchoredBy });
    if (smallestDelay !== undefined) this.#sidecar.write({ event: 'delay', at, smallest: smallestDelay });
    return at;
  }

  #guarded(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#waitsForKeyFrame = this.#assembler !== undefined; // frames are missing in the file now
      this.#options.onError(error as Error);
    }
  }
}

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** What one RTP packet adds to a frame. */
export interface PayloadPart {
  /** Whether the packet is the first of its frame; undefined where the codec does not tell. */
  readonly startsFrame: boolean | undefined;
  readonly data: readonly Buffer[];
}

/** A whole frame as a Matroska block holds it. */
export interface FrameInfo {
  readonly data: Buffer;
  readonly keyFrame: boolean;
  /** Of key frames only. */
  readonly size?: PictureSize;
  /** The decoder's configuration where it is not in the stream itself (H.264: avcC). */
  readonly codecPrivate?: Buffer;
}

/** Turns the payloads of one codec into frames. Given garbage it answers undefined; it never throws. */
export interface Depacketizer {
  /** Reads one payload; undefined when it is malformed, which makes its frame unusable. */
  readonly part: (payload: Buffer) => PayloadPart | undefined;
  /** Completes a frame from the data of its parts; undefined when it is malformed. */
  readonly frame: (data: readonly Buffer[]) => FrameInfo | undefined;
  /** Forgets a frame in progress. */
  readonly reset: () => void;
}

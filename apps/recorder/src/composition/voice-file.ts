import { setImmediate } from 'node:timers/promises';
import { MatroskaWriter } from '../matroska/matroska-writer.js';
import { readBlocks } from '../matroska/matroska-reader.js';
import { opusDuration } from './opus-duration.js';
import { covers, type Span } from './span.js';
import type { TrackTimeline } from './track-timeline.js';

/** Silence: one CELT frame, full band, mono, of 20, 10, 5 and 2.5 ms (RFC 6716, 3.1). */
const SILENCES = [0xf8, 0xf0, 0xe8, 0xe0].map(first => {
  const packet = Buffer.from([first, 0xff, 0xfe]);
  return { packet, length: opusDuration(packet) };
});
/** A packet may come this much before the end of the last one: clocks differ, and times are rounded. */
const OVERLAP_MS = 10;
/** Write to the file after so many packets. */
const FLUSH_PACKETS = 500;

/**
 * Joins the audio tracks of one voice to one file without gaps, from zero to the recording's end: what is missing becomes
 * packets of silence, where tracks overlap the later one waits for the earlier one's end. So FFmpeg need not make up
 * for gaps, which it does in memory (1.4 GB for an hour) or, if they are short, by changing the voice's pitch for a while.
 * @param timelines the voice's tracks. @param heard when the voice belongs into the recording; silence at other times
 * @param duration seconds
 */
export const writeVoiceFile = async (
  path: string,
  timelines: readonly TrackTimeline[],
  heard: readonly Span[],
  duration: number,
): Promise<void> => {
  const writer = new MatroskaWriter(path, { codec: 'A_OPUS', channels: 2 });
  const endMs = duration * 1000;
  let written = 0;
  let next = 0;
  const write = (at: number, data: Buffer, length: number): void => {
    writer.write({ at, keyFrame: true, data });
    next = at + length;
    if (++written % FLUSH_PACKETS === 0) writer.flush();
  };
  const silenceUntil = async (time: number): Promise<void> => {
    for (const { packet, length } of SILENCES) {
      while (time - next >= length) {
        write(next, packet, length);
        // Hours of silence would keep live recordings waiting.
        if (written % FLUSH_PACKETS === 0) await setImmediate();
      }
    }
  };
  try {
    for (const { path, delayAt } of timelines.toSorted((a, b) => a.spans[0]![0] - b.spans[0]![0])) {
      for await (const blocks of readBlocks(path, true)) {
        for (const block of blocks) {
          const at = block.at + delayAt(block.at);
          const length = opusDuration(block.data);
          if (length === 0 || at < next - OVERLAP_MS || at >= endMs) continue;
          if (!heard.some(span => covers(span, at / 1000))) continue;
          await silenceUntil(at);
          write(Math.max(at, next - OVERLAP_MS), block.data, length);
        }
      }
    }
    await silenceUntil(endMs + SILENCES[0]!.length);
  } finally {
    writer.close();
  }
};

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MatroskaWriter } from '../matroska/matroska-writer.js';
import { readBlocks, type ReadBlock } from '../matroska/matroska-reader.js';
import { opusDuration } from './opus-duration.js';
import type { Span } from './span.js';
import type { TrackTimeline } from './track-timeline.js';
import { writeVoiceFile } from './voice-file.js';

/** 20 ms, hybrid, told apart by its second byte. */
const spoken = (mark: number): Buffer => Buffer.from([13 << 3, mark]);

describe('writeVoiceFile', () => {
  let directory: string;
  beforeAll(async () => void (directory = await mkdtemp(join(tmpdir(), 'parley-voice-'))));
  afterAll(() => rm(directory, { recursive: true, force: true }));

  const track = (name: string, times: readonly number[], mark: number, delay = 0): TrackTimeline => {
    const path = join(directory, `${name}.mkv`);
    const writer = new MatroskaWriter(path, { codec: 'A_OPUS', channels: 2 });
    for (const at of times) writer.write({ at, keyFrame: true, data: spoken(mark) });
    writer.close();
    const spans = [[times[0]! / 1000, times.at(-1)! / 1000]] as const;
    return { path, spans, delayAt: () => delay } as unknown as TrackTimeline;
  };
  /** Times of packets that are spoken, and the greatest hole between any two packets. */
  const voice = async (
    name: string,
    timelines: readonly TrackTimeline[],
    duration: number,
    heard: readonly Span[] = [[0, duration]],
  ) => {
    const path = join(directory, `${name}.voice.mkv`);
    await writeVoiceFile(path, timelines, heard, duration);
    const marked: [number, number][] = [];
    let [next, hole] = [0, 0];
    const blocks: ReadBlock[] = [];
    for await (const batch of readBlocks(path, true)) blocks.push(...batch);
    for (const { at, data } of blocks) {
      hole = Math.max(hole, at - next);
      next = at + opusDuration(data);
      if (data.length === 2) marked.push([at, data[1]!]);
    }
    return { marked, hole, end: next };
  };

  test('fills what is missing with silence from zero to the end', async () => {
    const { marked, hole, end } = await voice('gaps', [track('a', [500, 520, 3000], 1)], 10);
    expect(marked).toEqual([
      [500, 1],
      [520, 1],
      [3000, 1],
    ]);
    expect(hole).toBeLessThan(3);
    expect(end).toBeGreaterThanOrEqual(10_000);
  });

  test('puts tracks one after the other, each on the common clock, without speaking twice at a time', async () => {
    const later = track('later', [100, 120, 140], 2, 20);
    const { marked } = await voice('two', [later, track('earlier', [0, 20, 40, 60, 80, 100, 120], 1)], 1);
    expect(marked.map(([at, mark]) => `${at}/${mark}`)).toEqual(
      ['0/1', '20/1', '40/1', '60/1', '80/1', '100/1', '120/1', '140/2', '160/2'], // prettier-ignore
    );
  });

  test('leaves out what is before the beginning or after the end', async () => {
    const { marked } = await voice('clipped', [track('b', [0, 20, 40, 990, 1010, 1050], 1, -40)], 1);
    expect(marked.map(([at]) => at)).toEqual([0, 950, 970]);
  });

  test('is silent while the participant is not there', async () => {
    const moved = track('c', [0, 200, 220, 480, 500, 700], 1, 20);
    const { marked, hole } = await voice('moved', [moved], 1, [[0, 0.24], [0.5, 0.72]]); // prettier-ignore
    expect(marked.map(([at]) => at)).toEqual([20, 220, 500, 520]);
    expect(hole).toBeLessThan(3);
  });
});

test('opusDuration reads the first bytes of a packet (RFC 6716, 3.1)', () => {
  const durations = [[0], [0xf8, 0xff, 0xfe], [0x69, 1], [0x83, 6], [0x1b, 0x3f], []];
  expect(durations.map(bytes => opusDuration(Buffer.from(bytes)))).toEqual([10, 20, 40, 15, 0, 0]);
});

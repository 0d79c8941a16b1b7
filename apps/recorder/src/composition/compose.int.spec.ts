import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { RecordedTrack } from '#libs/domain';
import type { CompositionJob } from '#libs/work-queues';
import { access, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beepTimes } from '../../test/beeps.js';
import { colourDistance, movieFrames, type Colour, type MovieFrame } from '../../test/movie-frames.js';
import { writeRecordedTrack } from '../../test/recorded-track.js';
import { probe } from '../../test/run-ffmpeg.js';
import { makeTestSource } from '../../test/test-source.js';
import { recordingFiles } from '../recording-files.js';
import { compose } from './compose.js';
import { grid } from './layout.js';

const PICTURE = { width: 640, height: 360, fps: 30 };
const AREA = { x: 0, y: 0, width: 640, height: 360 };
const PEOPLE = [
  { id: 'ada', colour: 'red', rgb: [255, 0, 0] as Colour, pitch: 600, from: 0, to: 6 },
  { id: 'bea', colour: 'green', rgb: [0, 128, 0] as Colour, pitch: 900, from: 2, to: 5 },
  { id: 'cem', colour: 'blue', rgb: [0, 0, 255] as Colour, pitch: 1300, from: 3, to: 6 },
];
const TILE: Colour = [0x30, 0x30, 0x40];

jest.setTimeout(240_000);

describe('compose', () => {
  let directory: string;
  const source = (id: string): string => join(directory, `${id}.mkv`);

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'parley-compose-'));
    for (const { id, colour, pitch, from, to } of PEOPLE) {
      await makeTestSource({ path: source(id), seconds: to - from, colour, pitch });
    }
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  const job = (
    recordingId: string,
    tracks: RecordedTrack[],
    changes: Partial<CompositionJob> = {},
  ): CompositionJob => ({
    recordingId,
    meetingId: 'meeting',
    duration: 6,
    participants: PEOPLE.map(({ id, from, to }) => ({
      participantId: id,
      displayName: id,
      present: [[from, to]],
      videoOn: [[from, to]],
    })),
    tracks,
    ...changes,
  });

  /** Reads the frame counter at the top of a cell whose video has the cell's shape. */
  const counterIn = (
    frame: MovieFrame,
    cell: { x: number; y: number; width: number; height: number },
  ): number => {
    const scale = Math.min(cell.width / 320, cell.height / 180);
    const [left, top] = [cell.x + (cell.width - 320 * scale) / 2, cell.y + (cell.height - 180 * scale) / 2];
    let count = 0;
    for (let bit = 0; bit < 12; bit++) {
      const [r, g, b] = frame.at(left + (2 + bit + 0.5) * 20 * scale, top + 10 * scale);
      if (r + g + b > 384) count |= 1 << bit;
    }
    return count;
  };

  test('shows each participant for as long as they were there, in step with their voices', async () => {
    const files = recordingFiles(directory, 'three');
    const tracks: RecordedTrack[] = [];
    for (const { id, from } of PEOPLE) {
      const common = { files, participantId: id, from: source(id), at: from };
      tracks.push(await writeRecordedTrack({ ...common, trackId: `${id}_1_cam`, source: 'camera' }));
      tracks.push(await writeRecordedTrack({ ...common, trackId: `${id}_1_mic`, source: 'microphone' }));
    }
    const percents: number[] = [];
    const composed = await compose({
      job: job('three', tracks),
      files,
      picture: PICTURE,
      atATime: 2,
      onProgress: percent => percents.push(percent),
    });

    expect(composed).toMatchObject({ durationSeconds: 6, width: 640, height: 360 });
    const { streams, format } = await probe(files.movie, '-show_streams', '-show_format');
    expect(streams.map(stream => stream.codec_name)).toEqual(['h264', 'aac']);
    expect(streams[0]).toMatchObject({ profile: 'High', pix_fmt: 'yuv420p', width: 640, height: 360 });
    expect(Math.abs(Number(format.duration) - 6)).toBeLessThan(0.5 / 30);
    expect(Number(format.size)).toBe(composed.fileSizeBytes);
    expect(percents.length).toBeGreaterThan(3);
    expect(percents).toEqual(percents.toSorted((a, b) => a - b));

    const frames = await movieFrames(files.movie, 640, 360);
    expect(frames).toHaveLength(180);
    const wrong: string[] = [];
    const flashes = new Map<string, number[]>();
    const lit = new Map<string, boolean>();
    frames.forEach((frame, i) => {
      const time = i / 30;
      if (Math.abs(frame.time - frames[0]!.time - time) > 0.001) wrong.push(`frame ${i} at ${frame.time}`);
      const there = PEOPLE.filter(({ from, to }) => from <= time && time < to);
      const cells = grid(there.length, AREA);
      there.forEach(({ id, rgb, from }, k) => {
        const cell = cells[k]!;
        const beside = frame.at(cell.x + cell.width * 0.8, cell.y + cell.height / 2);
        if (colourDistance(beside, rgb) > 48) wrong.push(`${time} ${id}: ${beside.join()}`);
        const count = counterIn(frame, cell);
        if (count !== Math.round((time - from) * 30)) wrong.push(`${time} ${id}: counts ${count}`);
        const white = Math.min(...frame.at(cell.x + cell.width / 2, cell.y + cell.height / 2)) > 180;
        if (white && !lit.get(id)) flashes.set(id, [...(flashes.get(id) ?? []), frame.time]);
        lit.set(id, white);
      });
    });
    expect(wrong).toEqual([]);
    for (const { id, pitch, from, to } of PEOPLE) {
      const beeps = await beepTimes(files.movie, pitch);
      expect(beeps).toHaveLength(to - from);
      const offsets = flashes.get(id)!.map((flash, i) => Math.abs(flash - beeps[i]!));
      expect(Math.max(...offsets)).toBeLessThan(0.04);
    }

    await access(files.thumbnail);
    expect(await readdir(files.directory)).toEqual([
      'recording.json',
      'recording.mp4',
      'thumbnail.jpg',
      'tracks',
    ]);
  });

  test('shows the name where there is no picture, literally', async () => {
    const files = recordingFiles(directory, 'names');
    const names = [`'; drawbox=c=white [x] %{pts} \\n`, 'Zoë 李 🙂\u202e\n%{n}', '"\'"\'; rm -rf / #'];
    const participants = PEOPLE.map(({ id }, i) => ({
      participantId: id,
      displayName: names[i]!,
      present: [[0, 1]] as const,
      videoOn: [],
    }));
    const composed = await compose({
      job: job('names', [], { duration: 1, participants }),
      files,
      picture: PICTURE,
      atATime: 2,
    });
    expect(composed.durationSeconds).toBe(1);
    const [frame] = await movieFrames(files.movie, 640, 360);
    for (const { x, y, width, height } of grid(3, AREA)) {
      expect(colourDistance(frame!.at(x + 4, y + 4), TILE)).toBeLessThan(8);
      const row = Array.from({ length: width }, (_, i) => frame!.at(x + i, y + height / 2)[0]);
      expect(Math.max(...row)).toBeGreaterThan(150); // letters
    }
  });
});

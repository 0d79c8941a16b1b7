import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { RecordedTrack } from '#libs/domain';
import type { ComposedParticipant, CompositionJob } from '#libs/work-queues';
import { appendFile, mkdtemp, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beepTimes } from '../../test/beeps.js';
import { colourDistance, movieFrames, type Colour } from '../../test/movie-frames.js';
import { writeRecordedTrack } from '../../test/recorded-track.js';
import { probe } from '../../test/run-ffmpeg.js';
import { makeTestSource } from '../../test/test-source.js';
import { MatroskaWriter } from '../matroska/matroska-writer.js';
import { recordingFiles, type RecordingFiles } from '../recording-files.js';
import { compose, type ComposeOptions } from './compose.js';
import type { Composed } from './summary.js';

jest.setTimeout(240_000);

const PICTURE = { width: 320, height: 180, fps: 30 };
const RED: Colour = [255, 0, 0];
const GREEN: Colour = [0, 128, 0];
const BLUE: Colour = [0, 0, 255];
const TILE: Colour = [0x30, 0x30, 0x40];
const BACKGROUND: Colour = [0x10, 0x10, 0x10];
const LETTERBOX: Colour = [0x20, 0x20, 0x20];

describe('compose', () => {
  let directory: string;
  let recordings = 0;
  const red = (): string => join(directory, 'red.mkv');
  const green = (): string => join(directory, 'green.mkv');
  const upright = (): string => join(directory, 'upright.mkv');

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'parley-damage-'));
    await makeTestSource({ path: red(), seconds: 3, colour: 'red', pitch: 600 });
    await makeTestSource({ path: green(), seconds: 2, colour: 'green', pitch: 1900 });
    await makeTestSource({ path: upright(), seconds: 1, colour: 'blue', width: 192, height: 320 });
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  const newFiles = (): RecordingFiles => recordingFiles(directory, `recording-${recordings++}`);
  const ada = (...spans: (readonly [number, number])[]): ComposedParticipant => ({
    participantId: 'ada',
    displayName: 'a',
    present: spans,
    videoOn: spans,
  });
  const jobOf = (
    duration: number,
    participants: ComposedParticipant[],
    tracks: RecordedTrack[],
  ): CompositionJob => ({
    recordingId: 'recording',
    meetingId: 'meeting',
    duration,
    participants,
    tracks,
  });
  const composed = (
    files: RecordingFiles,
    job: CompositionJob,
    onUnreadable?: ComposeOptions['onUnreadable'],
  ): Promise<Composed> => compose({ job, files, picture: PICTURE, atATime: 2, onUnreadable });
  /** Colours at these places and times of the movie, and a check that it is what every player can play. */
  const coloursAt = async (
    files: RecordingFiles,
    duration: number,
    places: readonly (readonly [time: number, x: number, y: number])[],
  ): Promise<Colour[]> => {
    const { streams, format } = await probe(files.movie, '-show_streams', '-show_format');
    expect(streams.map(stream => stream.codec_name)).toEqual(['h264', 'aac']);
    expect(Math.abs(Number(format.duration) - duration)).toBeLessThan(0.5 / 30);
    expect((await stat(files.thumbnail)).size).toBeGreaterThan(100);
    const frames = await movieFrames(files.movie, 320, 180);
    expect(frames).toHaveLength(Math.round(duration * 30));
    return places.map(([time, x, y]) => frames[Math.round(time * 30)]!.at(x, y));
  };
  const expectColours = (found: readonly Colour[], expected: readonly Colour[]): void => {
    const far = found.filter((colour, i) => colourDistance(colour, expected[i]!) > 40);
    expect({ far, found: far.length > 0 ? found : [] }).toEqual({ far: [], found: [] });
  };

  test('shows every attempt’s tracks at their own times, and the name where no track has data', async () => {
    const files = newFiles();
    const common = { files, participantId: 'ada' };
    const tracks = [
      await writeRecordedTrack({
        ...common,
        trackId: '1-cam',
        source: 'camera',
        from: red(),
        at: 0,
        part: s => s < 1,
      }),
      await writeRecordedTrack({
        ...common,
        trackId: '1-mic',
        source: 'microphone',
        from: red(),
        at: 0,
        part: s => s < 1,
      }),
      await writeRecordedTrack({ ...common, trackId: '2-cam', source: 'camera', from: green(), at: 3 }),
      await writeRecordedTrack({ ...common, trackId: '2-mic', source: 'microphone', from: green(), at: 3 }),
    ];
    await composed(files, jobOf(5, [ada([0, 5])], tracks));
    const at = [0.5, 2, 2.9, 3.1, 4.5].map(time => [time, 300, 90] as const);
    expectColours(await coloursAt(files, 5, at), [RED, TILE, TILE, GREEN, GREEN]);
    const [first, second] = [await beepTimes(files.movie, 600), await beepTimes(files.movie, 1900)];
    expect(first.map(Math.round)).toEqual([0]);
    expect(second.map(Math.round)).toEqual([3, 4]);
  });

  test('subtracts what a track’s first packet was late', async () => {
    const files = newFiles();
    const sidecar = [{ event: 'delay', at: 900, smallest: -400 } as const];
    const common = { files, participantId: 'ada', from: red(), at: 0.4, sidecar };
    const tracks = [
      await writeRecordedTrack({ ...common, trackId: 'cam', source: 'camera' }),
      await writeRecordedTrack({ ...common, trackId: 'mic', source: 'microphone' }),
    ];
    await composed(files, jobOf(3, [ada([0, 3])], tracks));
    const middle = [0, 1, 1.2, 2].map(time => [time, 160, 90] as const);
    const white: Colour = [255, 255, 255];
    expectColours(await coloursAt(files, 3, middle), [white, white, RED, white]);
    const beeps = await beepTimes(files.movie, 600);
    expect(beeps).toHaveLength(3);
    beeps.forEach((time, second) => expect(Math.abs(time - second)).toBeLessThan(0.04));
  });

  test('follows the clock of a voice whose samples are slower, without a jump', async () => {
    const files = newFiles();
    const slow = { files, participantId: 'ada', from: red(), at: 0.5, stretch: 1.02 };
    const tracks = [await writeRecordedTrack({ ...slow, trackId: 'mic', source: 'microphone' })];
    await composed(files, jobOf(4, [ada([0, 4])], tracks));
    const beeps = await beepTimes(files.movie, 600);
    expect(beeps).toHaveLength(3);
    beeps.forEach((time, second) => expect(Math.abs(time - 0.5 - second * 1.02)).toBeLessThan(0.04));
  });

  test('a shared screen is large; a picture that turns upright is not distorted', async () => {
    const files = newFiles();
    const common = { files, participantId: 'ada' };
    const sidecar = [
      { event: 'size', at: 0, width: 320, height: 180 },
      { event: 'size', at: 2000, width: 192, height: 320 },
    ] as const;
    const more = [{ from: upright(), at: 2 }];
    const tracks = [
      await writeRecordedTrack({
        ...common,
        trackId: 'cam',
        source: 'camera',
        from: green(),
        at: 0,
        more,
        sidecar,
      }),
      await writeRecordedTrack({
        ...common,
        trackId: 'screen',
        source: 'screen',
        from: red(),
        at: 1,
        part: s => s < 1,
      }),
    ];
    await composed(files, jobOf(3, [ada([0, 3])], tracks));
    const found = await coloursAt(files, 3, [
      [0.5, 300, 150],
      [1.5, 200, 90],
      [1.5, 310, 30],
      [2.9, 170, 150],
      [2.9, 50, 90],
    ]);
    expectColours(found, [GREEN, RED, GREEN, BLUE, LETTERBOX]);
  });

  test('nobody there and no tracks: still a movie of the right length', async () => {
    const files = newFiles();
    await composed(files, jobOf(1.25, [], []));
    expectColours(await coloursAt(files, 38 / 30, [[0.5, 160, 90]]), [BACKGROUND]);
    const shortest = newFiles();
    expect(await composed(shortest, jobOf(0, [ada()], []))).toMatchObject({ durationSeconds: 0.5 });
  });

  test('missing, empty, cut-off and senseless files do no harm', async () => {
    const files = newFiles();
    const common = { files, participantId: 'ada', from: red(), at: 0 };
    const cut = await writeRecordedTrack({ ...common, trackId: 'cut', source: 'camera' });
    await truncate(files.track('cut'), Math.floor((await stat(files.track('cut'))).size / 3));
    await appendFile(files.sidecar('cut'), '{"event":"del');
    const damaged = await writeRecordedTrack({ ...common, trackId: 'damaged', source: 'microphone' });
    await appendFile(files.track('damaged'), Buffer.alloc(500, 0x5a));
    await writeFile(files.track('empty'), '');
    await writeFile(files.track('noise'), Buffer.alloc(5000, 0xa3));
    const tracks = [
      cut,
      damaged,
      { ...cut, trackId: 'empty' },
      { ...cut, trackId: 'noise' },
      { ...damaged, trackId: 'missing' },
    ];
    await composed(files, jobOf(3, [ada([0, 3])], tracks));
    expectColours(await coloursAt(files, 3, [[0.1, 300, 90], [2.9, 300, 90]]), [RED, TILE]); // prettier-ignore
    expect((await beepTimes(files.movie, 600)).length).toBe(3);
  });

  test('a track that FFmpeg cannot decode fails the composition, or is a name tile when that is tolerated', async () => {
    const files = newFiles();
    const good = await writeRecordedTrack({
      files,
      participantId: 'ada',
      trackId: 'cam',
      source: 'camera',
      from: red(),
      at: 0,
    });
    const writer = new MatroskaWriter(files.track('bad'), { codec: 'V_VP9', width: 320, height: 180 });
    for (let at = 0; at < 1000; at += 33)
      writer.write({ at, keyFrame: at === 0, data: Buffer.alloc(50, 0xff) });
    writer.close();
    const tracks = [good, { ...good, trackId: 'bad', participantId: 'bea', mimeType: 'video/VP9' }];
    const job = jobOf(1, [ada([0, 1]), { ...ada([0, 1]), participantId: 'bea' }], tracks);
    await expect(composed(files, job)).rejects.toThrow();
    const left = await readdir(files.workDirectory);
    // Names of people are not left behind.
    expect(left.filter(file => file.startsWith('name-'))).toEqual([]);
    const unreadable: number[] = [];
    await composed(files, job, (_, segment) => unreadable.push(segment.firstFrame));
    expect(unreadable).toEqual([0]);
    await coloursAt(files, 1, []);
  });

  test('composed twice it is the same, and the second time nothing is done', async () => {
    const files = newFiles();
    const track = await writeRecordedTrack({
      files,
      participantId: 'ada',
      trackId: 'c',
      source: 'camera',
      from: red(),
      at: 0,
    });
    const job = jobOf(1, [ada([0, 1])], [track]);
    const [first, same] = await Promise.all([composed(files, job), composed(files, job)]);
    expect(same).toEqual(first);
    const { mtimeMs } = await stat(files.movie);
    expect(await composed(files, job)).toEqual(first);
    expect((await stat(files.movie)).mtimeMs).toBe(mtimeMs);
    expect(await composed(files, { ...job, duration: 2 })).toMatchObject({ durationSeconds: 2 });
  });
});

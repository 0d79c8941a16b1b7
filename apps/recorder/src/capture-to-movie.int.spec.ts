import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { RecordedTrack } from '#libs/domain';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beepTimes } from '../test/beeps.js';
import { movieFrames } from '../test/movie-frames.js';
import { sendRtp } from '../test/send-rtp.js';
import { makeTestSource } from '../test/test-source.js';
import { CaptureSession } from './capture/capture-session.js';
import { compose } from './composition/compose.js';
import { recordingFiles } from './recording-files.js';

jest.setTimeout(180_000);

describe('from RTP to a movie', () => {
  let directory: string;
  beforeAll(async () => void (directory = await mkdtemp(join(tmpdir(), 'parley-movie-'))));
  afterAll(() => rm(directory, { recursive: true, force: true }));

  test('picture and sound stay in step', async () => {
    const source = join(directory, 'source.mkv');
    await makeTestSource({ path: source, seconds: 5, pitch: 800 });
    const files = recordingFiles(directory, 'movie');
    const errors: Error[] = [];
    const epoch = Date.now();
    const session = await CaptureSession.start({
      files,
      host: '127.0.0.1',
      epoch,
      onKeyFrameNeeded: () => undefined,
      onError: error => errors.push(error),
    });
    const common = { attempt: 1, participantId: 'ada', producerId: 'producer' };
    const tracks: RecordedTrack[] = [
      {
        ...common,
        ...{ trackId: 'cam', kind: 'video', source: 'camera', mimeType: 'video/VP8', clockRate: 90_000 },
        ...{ ssrc: 1, payloadType: 96 },
      },
      {
        ...common,
        ...{ trackId: 'mic', kind: 'audio', source: 'microphone', mimeType: 'audio/opus', clockRate: 48_000 },
        ...{ ssrc: 2, payloadType: 111, channels: 2 },
      },
    ];
    try {
      for (const track of tracks) session.addTrack(track);
      await sendRtp(source, session.port, [
        { map: '0:v', ssrc: 1, payloadType: 96 },
        { map: '0:a', ssrc: 2, payloadType: 111 },
      ]);
    } finally {
      await session.close();
    }
    expect(errors).toEqual([]);

    const duration = Math.ceil((Date.now() - epoch) / 1000) + 1;
    const span = [0, duration] as const;
    await compose({
      job: {
        recordingId: 'movie',
        meetingId: 'meeting',
        duration,
        participants: [{ participantId: 'ada', displayName: 'Ada', present: [span], videoOn: [span] }],
        tracks,
      },
      files,
      picture: { width: 320, height: 180, fps: 30 },
      atATime: 2,
    });
    const frames = await movieFrames(files.movie, 320, 180);
    const white = frames.map(frame => Math.min(...frame.at(160, 90)) > 180);
    const flashes = frames.filter((_, i) => white[i] && !white[i - 1]).map(({ time }) => time);
    const beeps = await beepTimes(files.movie, 800);
    expect(flashes).toHaveLength(5);
    expect(beeps).toHaveLength(5);
    const offsets = flashes.map((flash, i) => Math.abs(flash - beeps[i]!));
    expect(Math.max(...offsets)).toBeLessThan(0.04);
  });
});

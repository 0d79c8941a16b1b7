import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { RecordedTrack } from '#libs/domain';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { framesIn } from '../../test/frames-in.js';
import { eventually } from '../../test/recorder-process.js';
import { packetHashes, pictureHashes, probe } from '../../test/run-ffmpeg.js';
import { sendRtp } from '../../test/send-rtp.js';
import { makeTestSource } from '../../test/test-source.js';
import { recordingFiles } from '../recording-files.js';
import { CaptureSession } from './capture-session.js';
import type { SidecarEntry } from './sidecar.js';

const SECONDS = 3;
const CODECS = ['vp8', 'vp9', 'h264'] as const;
const MIME_TYPES = { vp8: 'video/VP8', vp9: 'video/VP9', h264: 'video/H264', opus: 'audio/opus' } as const;

const trackOf = (codec: keyof typeof MIME_TYPES, ssrc: number): RecordedTrack => ({
  trackId: `t_1_${codec}`,
  attempt: 1,
  participantId: 'p1',
  producerId: `producer-${codec}`,
  kind: codec === 'opus' ? 'audio' : 'video',
  source: codec === 'opus' ? 'microphone' : 'camera',
  mimeType: MIME_TYPES[codec],
  clockRate: codec === 'opus' ? 48_000 : 90_000,
  ssrc,
  payloadType: codec === 'opus' ? 111 : 96,
});

jest.setTimeout(300_000);

describe('a capture session', () => {
  let directory: string;
  const errors: Error[] = [];
  const keyFramesNeeded: string[] = [];
  const source = (codec: string): string => join(directory, `${codec}.mkv`);

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'parley-capture-'));
    for (const codec of CODECS) await makeTestSource({ path: source(codec), seconds: SECONDS, codec });
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  test('records VP8, VP9, H.264 and Opus as they were sent, also what came before its track was named', async () => {
    const files = recordingFiles(directory, 'rec1');
    const session = await CaptureSession.start({
      files,
      host: '127.0.0.1',
      epoch: Date.now(),
      onKeyFrameNeeded: trackId => keyFramesNeeded.push(trackId),
      onError: error => errors.push(error),
    });
    try {
      const sending = [
        sendRtp(source('vp8'), session.port, [
          { map: '0:v', ssrc: 1, payloadType: 96 },
          { map: '0:a', ssrc: 4, payloadType: 111 },
        ]),
        sendRtp(source('vp9'), session.port, [{ map: '0:v', ssrc: 2, payloadType: 96 }]),
        sendRtp(source('h264'), session.port, [{ map: '0:v', ssrc: 3, payloadType: 96 }]),
      ];
      session.addTrack(trackOf('vp8', 1));
      session.addTrack(trackOf('vp9', 2));
      await new Promise(resolve => setTimeout(resolve, 1500));
      session.addTrack(trackOf('h264', 3));
      session.addTrack(trackOf('opus', 4));
      session.addTrack(trackOf('opus', 4));
      await Promise.all(sending);
      // The last packets of all may still be on their way.
      const spoken = (await packetHashes(source('vp8'), 'a')).length;
      for (const codec of CODECS)
        await eventually(async () => (await framesIn(files.track(`t_1_${codec}`))) === SECONDS * 30);
      await eventually(async () => (await framesIn(files.track('t_1_opus'))) === spoken);
    } finally {
      await session.close();
    }

    expect(errors).toEqual([]);
    expect(keyFramesNeeded).toEqual([]);
    for (const codec of CODECS) {
      const hashes = await pictureHashes(files.track(`t_1_${codec}`));
      expect(hashes).toHaveLength(SECONDS * 30);
      expect(hashes).toEqual(await pictureHashes(source(codec)));
      const { streams } = await probe(files.track(`t_1_${codec}`), '-show_streams');
      expect(streams[0]).toMatchObject({ codec_name: codec, width: 320, height: 180 });
    }
    expect(await packetHashes(files.track('t_1_opus'), 'a')).toEqual(await packetHashes(source('vp8'), 'a'));

    const lines = (await readFile(files.sidecar('t_1_vp8'), 'utf8')).trim().split('\n');
    const entries = lines.map(line => JSON.parse(line) as SidecarEntry);
    expect(entries.map(entry => entry.event)).toEqual(
      expect.arrayContaining(['opened', 'start', 'size', 'delay', 'end']),
    );
    expect(entries.find(entry => entry.event === 'size')).toMatchObject({ width: 320, height: 180 });
    expect(entries.at(-1)).toMatchObject({ lost: 0, late: 0, frames: SECONDS * 30, dropped: 0 });
  });
});

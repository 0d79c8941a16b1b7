import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RecordedTrack } from '#libs/domain';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBlocks } from '../matroska/matroska-reader.js';
import type { RtpPacket } from './rtp-packet.js';
import type { SidecarEntry } from './sidecar.js';
import { TrackCapture } from './track-capture.js';

const EPOCH = 1_700_000_000_000;
const FRAME_MS = 40;

/** A VP8 frame in one packet. Key frames say their size. */
const payload = (keyFrame: boolean, width = 320): Buffer => {
  const key = Buffer.from('10900f009d012a0000b400', 'hex');
  key.writeUInt16LE(width, 7);
  return keyFrame ? key : Buffer.from('10b10f0011', 'hex');
};

describe('a track capture', () => {
  let directory: string;
  let captures = 0;
  beforeAll(async () => void (directory = await mkdtemp(join(tmpdir(), 'parley-track-'))));
  afterAll(() => rm(directory, { recursive: true, force: true }));

  const track: RecordedTrack = {
    trackId: 't',
    attempt: 1,
    participantId: 'p',
    producerId: 'producer',
    kind: 'video',
    source: 'camera',
    mimeType: 'video/VP8',
    clockRate: 90_000,
    ssrc: 1,
    payloadType: 96,
  };
  /** Frame number n, sent at n times 40 ms. */
  const packet = (n: number, keyFrame: boolean, changes: Partial<RtpPacket> = {}): RtpPacket => ({
    sequenceNumber: (65_530 + n) & 0xffff,
    timestamp: (4_294_960_000 + n * FRAME_MS * 90) % 2 ** 32,
    ssrc: 1,
    payloadType: 96,
    marker: true,
    payload: payload(keyFrame),
    arrivedAt: EPOCH + n * FRAME_MS,
    ...changes,
  });
  /** Feeds packets, each at its arrival, and reads what was recorded. */
  const record = async (packets: readonly RtpPacket[], recorded: RecordedTrack = track) => {
    const path = join(directory, `${captures++}`);
    const asked: number[] = [];
    const errors: Error[] = [];
    let now = 0;
    const capture = new TrackCapture({
      track: recorded,
      mediaPath: `${path}.mkv`,
      sidecarPath: `${path}.jsonl`,
      epoch: EPOCH,
      onKeyFrameNeeded: () => asked.push(now - EPOCH),
      onError: error => errors.push(error),
    });
    for (const one of packets) {
      now = one.arrivedAt;
      capture.packet(one, now);
    }
    capture.close();
    expect(errors).toEqual([]);
    const entries = (await readFile(`${path}.jsonl`, 'utf8'))
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as SidecarEntry);
    const times: number[] = [];
    const hasMedia = entries.some(entry => entry.event === 'end' && entry.frames > 0);
    if (hasMedia)
      for await (const blocks of readBlocks(`${path}.mkv`, false)) times.push(...blocks.map(({ at }) => at));
    return { times, asked, entries };
  };

  test('begins with a key frame and asks for one, at most once a second, until it comes', async () => {
    const { times, asked } = await record(Array.from({ length: 60 }, (_, n) => packet(n, n === 50)));
    expect(asked).toEqual([0, 1000]);
    expect(times[0]).toBe(2000);
    expect(times).toHaveLength(10);
  });

  test('after a loss it waits for a key frame, asks for one, and notes the loss', async () => {
    const packets = Array.from({ length: 100 }, (_, n) => packet(n, n === 0 || n === 70)).filter(
      (_, n) => n !== 20,
    );
    const { times, asked, entries } = await record(packets);
    // The missing packet is waited for until a second after the next one.
    expect(asked).toEqual([21 * FRAME_MS + 1000]);
    expect(times).toEqual(
      [...Array(20).keys(), ...Array.from({ length: 30 }, (_, n) => 70 + n)].map(n => n * FRAME_MS),
    );
    expect(entries).toContainEqual({ event: 'loss', at: 840, packets: 1 });
    expect(entries.at(-1)).toMatchObject({ event: 'end', packets: 99, lost: 1, frames: 50, dropped: 0 });
  });

  test('asks for a key frame every ten seconds, and notes each new size', async () => {
    const packets = Array.from({ length: 600 }, (_, n) =>
      packet(n, n % 400 === 0, n === 400 ? { payload: payload(true, 640) } : {}),
    );
    const { asked, entries } = await record(packets);
    expect(asked).toEqual([10_000]);
    expect(entries.filter(({ event }) => event === 'size')).toEqual([
      { event: 'size', at: 0, width: 320, height: 180 },
      { event: 'size', at: 16_000, width: 640, height: 180 },
    ]);
  });

  test('a pause is a gap in the file', async () => {
    const { times } = await record([
      packet(0, true),
      packet(1, false),
      { ...packet(101, false), sequenceNumber: 65_532 },
    ]);
    expect(times).toEqual([0, 40, 4040]);
  });

  test('packets of another payload type are not recorded, but are not missing either', async () => {
    const { times, entries } = await record([
      packet(0, true),
      packet(1, false, { payloadType: 97 }),
      packet(2, false),
    ]);
    expect(times).toEqual([0, 80]);
    expect(entries.at(-1)).toMatchObject({ lost: 0 });
  });

  test('a track without a packet leaves no media file; an unknown codec is refused', async () => {
    expect((await record([])).times).toEqual([]);
    await expect(record([], { ...track, mimeType: 'video/AV1' })).rejects.toThrow('cannot record video/AV1');
  });
});

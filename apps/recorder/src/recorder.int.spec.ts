import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { RecordedTrack } from '#libs/domain';
import {
  COMPOSITION_QUEUE,
  connectRedis,
  consumeFacts,
  recorderQueue,
  RequestClient,
  WorkerRegistry,
  type CompositionJob,
  type Fact,
  type RecorderOperations,
} from '#libs/work-queues';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRedis, type TestRedis } from '../../../libs/work-queues/src/redis-for-tests.js';
import { countingWay, type CountingWay } from '../test/counting-way.js';
import { framesIn } from '../test/frames-in.js';
import { movieFrames } from '../test/movie-frames.js';
import { writeRecordedTrack } from '../test/recorded-track.js';
import {
  buildRecorder,
  eventually,
  ffmpegIn,
  signal,
  startRecorderProcess,
  type RecorderProcess,
} from '../test/recorder-process.js';
import { probe } from '../test/run-ffmpeg.js';
import { sendRtp } from '../test/send-rtp.js';
import { makeTestSource } from '../test/test-source.js';
import { recordingFiles } from './recording-files.js';

jest.setTimeout(300_000);

describe('the recorder process', () => {
  let directory: string;
  let redisServer: TestRedis;
  let redis: Redis;
  let client: RequestClient;
  let consumer: { close(): Promise<void> };
  let facts: Fact[];
  let processes: RecorderProcess[];
  let ways: CountingWay[];
  const built = (): string => join(directory, 'built');
  const source = (): string => join(directory, 'vp8.mkv');

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'parley-recorder-'));
    await buildRecorder(built());
    await makeTestSource({ path: source(), seconds: 10 });
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  beforeEach(async () => {
    redisServer = await startRedis();
    redis = connectRedis(redisServer.redisUrl);
    client = new RequestClient({ redis });
    facts = [];
    processes = [];
    ways = [];
    const { redisUrl } = redisServer;
    const handle = async (fact: Fact): Promise<void> => void facts.push(fact);
    consumer = await consumeFacts({ redisUrl, handle, onError: error => console.error(error) });
  });
  afterEach(async () => {
    for (const one of processes) await one.end('SIGKILL');
    signal(await ffmpegIn(directory), 'SIGKILL');
    for (const way of ways) way.close();
    await consumer.close();
    await client.close();
    redis.disconnect();
    await redisServer.stop();
  });

  const start = async (): Promise<{ recorder: RecorderProcess; recorderId: string }> => {
    const before = facts.length;
    const recorder = startRecorderProcess(built(), { dataDir: directory, redisUrl: redisServer.redisUrl });
    processes.push(recorder);
    const fact = await eventually(() => facts.slice(before).find(({ type }) => type === 'RecorderStarted'));
    return { recorder, recorderId: (fact as Fact & { recorderId: string }).recorderId };
  };
  const ask = <K extends keyof RecorderOperations>(
    recorderId: string,
    name: K,
    request: RecorderOperations[K]['request'],
  ) => client.request<RecorderOperations, K>(recorderQueue(recorderId), name, request, { timeoutMs: 60_000 });

  const track: RecordedTrack = {
    trackId: '1-camera',
    attempt: 1,
    participantId: 'ada',
    producerId: 'camera',
    kind: 'video',
    source: 'camera',
    mimeType: 'video/VP8',
    clockRate: 90_000,
    ssrc: 1,
    payloadType: 96,
  };

  test('killed, it leaves files that are whole up to a moment before; its successor listens anew', async () => {
    const { recorder, recorderId } = await start();
    const recordingId = 'killed';
    const epoch = Date.now();
    const { ip, port } = await ask(recorderId, 'capture.start', { recordingId, epoch });
    expect(ip).toBe('127.0.0.1');
    expect(await ask(recorderId, 'capture.start', { recordingId, epoch })).toEqual({ ip, port });
    await ask(recorderId, 'capture.addTrack', { recordingId, track });
    const stopSending = new AbortController();
    const send = async (to: number): Promise<void> => {
      const sent = sendRtp(source(), to, [{ map: '0:v', ssrc: 1, payloadType: 96 }], stopSending.signal);
      await sent.catch((error: Error) => expect(error.name).toBe('AbortError'));
    };
    const way = await countingWay(port);
    ways.push(way);
    const before = Date.now() - epoch;
    const sending = [send(way.port)];
    const fileOf = (trackId: string): string => recordingFiles(directory, recordingId).track(trackId);
    const path = fileOf(track.trackId);
    await eventually(() => way.frames > 75);
    way.stop();
    const after = Date.now() - epoch;
    const sent = way.frames;
    // What came is in the file a moment later, though nothing follows and nobody closes it.
    await eventually(async () => (await framesIn(path)) === sent);
    await recorder.end('SIGKILL');

    const { packets } = await probe(path, '-show_packets');
    const frames = await movieFrames(path, 320, 180);
    expect([packets.length, frames.length]).toEqual([sent, sent]);
    const first = Math.round(frames[0]!.time * 1000);
    // The recorder's clock and this one round on their own.
    expect(first).toBeGreaterThanOrEqual(before - 2);
    expect(first).toBeLessThanOrEqual(after + 2);

    const successor = await start();
    expect(successor.recorderId).not.toBe(recorderId);
    expect(await new WorkerRegistry({ redis }).alive('recorder')).toEqual([
      { id: successor.recorderId, slot: '1' },
    ]);
    const second = { ...track, trackId: '2-camera', attempt: 2, ssrc: 1 };
    const again = await ask(successor.recorderId, 'capture.start', { recordingId, epoch });
    await ask(successor.recorderId, 'capture.addTrack', { recordingId, track: second });
    sending.push(send(again.port));
    await eventually(async () => (await framesIn(fileOf('2-camera'))) > 0);
    // A process that is told to stop while it is still starting ends at once.
    await eventually(() => successor.recorder.log.some(({ msg }) => msg === 'started'));
    expect(await successor.recorder.end('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(await new WorkerRegistry({ redis }).alive('recorder')).toEqual([]);
    stopSending.abort();
    await Promise.all(sending);
    const secondFrames = await movieFrames(fileOf('2-camera'), 320, 180);
    expect(secondFrames[0]!.time).toBeGreaterThan(frames.at(-1)!.time);
  });

  test('ends with its parent, and refuses ids that lead out of its folder', async () => {
    const { recorder, recorderId } = await start();
    await expect(ask(recorderId, 'capture.start', { recordingId: '../outside', epoch: 0 })).rejects.toThrow();
    await ask(recorderId, 'capture.start', { recordingId: 'inside', epoch: Date.now() });
    await expect(
      ask(recorderId, 'capture.addTrack', {
        recordingId: 'inside',
        track: { ...track, trackId: '../outside' },
      }),
    ).rejects.toThrow();
    const ended = new Promise(resolve => recorder.child.once('exit', code => resolve(code)));
    recorder.child.disconnect();
    expect(await ended).toBe(0);
  });

  test('killed while it composes, it leaves no FFmpeg behind, and its successor completes the recording', async () => {
    const recordingId = 'composed';
    const files = recordingFiles(directory, recordingId);
    const common = { files, participantId: 'ada', from: source(), at: 0 };
    const job: CompositionJob = {
      recordingId,
      meetingId: 'meeting',
      duration: 20,
      participants: ['ada', 'bea', 'cem', 'dan'].map((participantId, i) => ({
        participantId,
        displayName: participantId,
        present: [[i * 2, 20 - i]],
        videoOn: [[i * 2, 20 - i]],
      })),
      tracks: [
        await writeRecordedTrack({ ...common, trackId: '1-cam', source: 'camera' }),
        await writeRecordedTrack({ ...common, trackId: '1-mic', source: 'microphone' }),
      ],
    };
    const queue = new Queue(COMPOSITION_QUEUE, { connection: redis });
    await queue.add('compose', job, { jobId: recordingId, attempts: 3 });
    const { recorder } = await start();
    const finished = async (): Promise<string[]> =>
      (await readdir(files.workDirectory).catch(() => [])).filter(name => /^segment-\w+\.mp4$/.test(name));
    // FFmpeg is held while it works, so that it cannot come to its end by itself.
    await eventually(async () => {
      if ((await finished()).length < 2) return false;
      signal(await ffmpegIn(directory), 'SIGSTOP');
      return (await ffmpegIn(directory)).length > 0;
    });
    await recorder.end('SIGKILL');
    await eventually(async () => (await ffmpegIn(directory)).length === 0);
    expect(facts.map(({ type }) => type)).not.toContain('CompositionCompleted');
    const kept = await finished();
    expect(kept.length).toBeGreaterThanOrEqual(2);

    await start();
    const completed = await eventually(() => facts.find(({ type }) => type === 'CompositionCompleted'));
    expect(completed).toMatchObject({ recordingId, durationSeconds: 20, width: 640, height: 360 });
    expect(facts.map(({ type }) => type)).toContain('CompositionProgressed');
    expect(facts.map(({ type }) => type)).not.toContain('CompositionFailed');
    expect((await probe(files.movie, '-show_format')).format.duration).toBe('20.000000');
    expect(await readdir(files.directory)).toEqual([
      'recording.json',
      'recording.mp4',
      'thumbnail.jpg',
      'tracks',
    ]);
    await queue.close();
  });

  test('a recording that cannot be composed fails after as many attempts as its job says', async () => {
    const recordingId = 'hopeless';
    const files = recordingFiles(directory, recordingId);
    await mkdir(files.directory, { recursive: true });
    await writeFile(files.workDirectory, 'not a folder');
    const queue = new Queue(COMPOSITION_QUEUE, { connection: redis });
    const job: CompositionJob = {
      recordingId,
      meetingId: 'meeting',
      duration: 1,
      participants: [],
      tracks: [],
    };
    await queue.add('compose', job, {
      jobId: recordingId,
      attempts: 2,
      backoff: { type: 'fixed', delay: 50 },
    });
    const { recorder } = await start();
    const failed = await eventually(() => facts.find(({ type }) => type === 'CompositionFailed'));
    expect(failed).toMatchObject({
      recordingId,
      reason: 'The recording could not be composed; its tracks are kept',
    });
    // What it logs comes by another way than its facts.
    const attempts = await eventually(() => {
      const started = recorder.log.filter(({ msg }) => msg === 'composition started');
      return started.length > 1 && started.map(({ attempt }) => attempt);
    });
    expect(attempts).toEqual([1, 2]);
    await queue.close();
  });
});

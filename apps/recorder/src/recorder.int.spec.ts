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
import { movieFrames } from '../test/movie-frames.js';
import { writeRecordedTrack } from '../test/recorded-track.js';
import {
  buildRecorder,
  eventually,
  ffmpegIn,
  startRecorderProcess,
  type RecorderProcess,
} from '../test/recorder-process.js';
import { probe } from '../test/run-ffmpeg.js';
import { sendRtp } from '../test/send-rtp.js';
import { makeTestSource } from '../test/test-source.js';
import { recordingFiles } from './recording-files.js';

jest.setTimeout(60_000);

describe('the recorder process', () => {
  let directory: string;
  let redisServer: TestRedis;
  let redis: Redis;
  let client: RequestClient;
  let consumer: { close(): Promise<void> };
  let facts: Fact[];
  let processes: RecorderProcess[];
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
    const { redisUrl } = redisServer;
    const handle = async (fact: Fact): Promise<void> => void facts.push(fact);
    consumer = await consumeFacts({ redisUrl, handle, onError: error => console.error(error) });
  });
  afterEach(async () => {
    for (const one of processes) await one.end('SIGKILL');
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
  ) => client.request<RecorderOperations, K>(recorderQueue(recorderId), name, request);

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
    const sending = [send(port)];
    const path = recordingFiles(directory, recordingId).track(track.trackId);
    await eventually(async () => (await readdir(join(path, '..'))).includes('1-camera.mkv'));
    await new Promise(resolve => setTimeout(resolve, 2500));
    const killedAt = Date.now();
    await recorder.end('SIGKILL');

    const { packets } = await probe(path, '-show_packets');
    const frames = await movieFrames(path, 320, 180);
    expect(frames).toHaveLength(packets.length);
    expect(killedAt - epoch - frames.at(-1)!.time * 1000).toBeLessThan(400);
    expect(frames.length).toBeGreaterThan(45);

    const successor = await start();
    expect(successor.recorderId).not.toBe(recorderId);
    expect(await new WorkerRegistry({ redis }).alive('recorder')).toEqual([
      { id: successor.recorderId, slot: '1' },
    ]);
    const second = { ...track, trackId: '2-camera', attempt: 2, ssrc: 1 };
    const again = await ask(successor.recorderId, 'capture.start', { recordingId, epoch });
    await ask(successor.recorderId, 'capture.addTrack', { recordingId, track: second });
    sending.push(send(again.port));
    await new Promise(resolve => setTimeout(resolve, 1500));
    expect(await successor.recorder.end('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(await new WorkerRegistry({ redis }).alive('recorder')).toEqual([]);
    stopSending.abort();
    await Promise.all(sending);
    const secondFrames = await movieFrames(
      recordingFiles(directory, recordingId).track('2-camera'),
      320,
      180,
    );
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
    await eventually(async () => (await finished()).length >= 2 && (await ffmpegIn(directory)).length > 0);
    await recorder.end('SIGKILL');
    await eventually(async () => (await ffmpegIn(directory)).length === 0, 2000);
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
    const attempts = recorder.log
      .filter(({ msg }) => msg === 'composition started')
      .map(({ attempt }) => attempt);
    expect(attempts).toEqual([1, 2]);
    await queue.close();
  });
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DomainError, type RecordedTrack } from '#libs/domain';
import { COMPOSITION_QUEUE, type CompositionJob, connectRedis } from '#libs/work-queues';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { ulid } from 'ulid';
import { PlayedWorker } from '../testing/played-workers.js';
import { RunningApi } from '../testing/running-api.js';
import { until } from '../testing/until.js';

interface RecordingView {
  readonly recording_id: string;
  readonly processing_status: string;
  readonly processing_percent: number;
}

/** Each thing that was asked, however often: a step of a recording may be taken again. */
const once = (asked: readonly object[]): unknown[] =>
  [...new Set(asked.map(one => JSON.stringify(one)))].map(one => JSON.parse(one) as unknown);

const track = (participantId: string, attempt = 1): RecordedTrack => ({
  trackId: ulid(),
  attempt,
  participantId,
  producerId: ulid(),
  kind: 'audio',
  source: 'microphone',
  mimeType: 'audio/opus',
  clockRate: 48_000,
  channels: 2,
  ssrc: 1234,
  payloadType: 100,
});

jest.setTimeout(90_000);

describe('a recording follows the log', () => {
  let api: RunningApi;
  let connection: Redis;
  let compositions: Queue<CompositionJob>;
  let media: PlayedWorker;
  let recorder: PlayedWorker;
  let current: string;
  const redis = () => api.redis.redisUrl;

  beforeAll(async () => {
    api = await RunningApi.start();
    connection = connectRedis(redis());
    compositions = new Queue(COMPOSITION_QUEUE, { connection });
  }, 90_000);
  afterAll(async () => {
    await compositions.close();
    connection.disconnect();
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });
  beforeEach(async () => {
    [media, recorder] = await Promise.all([PlayedWorker.media(redis()), PlayedWorker.recorder(redis())]);
    await until('both workers are known', async () => (await api.withToken().get('/health')).status === 200);
  });
  afterEach(async () => {
    // What goes on would be asked of the next test's workers.
    await api.as('ada').post(`/api/v1/meetings/${current}/end`);
    await Promise.all([media.stop(), recorder.stop()]);
    await until('nobody is known', async () => {
      const { services } = (await api.withToken().get<{ services: Record<string, string> }>('/health')).body;
      return services.media_worker === 'unhealthy' && services.recorder === 'unhealthy';
    });
  });

  const begin = async (): Promise<{ meetingId: string; recordingId: string }> => {
    const meetingId = (current = await api.meeting('ada'));
    await api.as('ada').post(`/api/v1/meetings/${meetingId}/join`, {});
    const started = await api
      .as('ada')
      .post<{ data: { recording_id: string } }>(`/api/v1/meetings/${meetingId}/recording/start`);
    return { meetingId, recordingId: started.body.data.recording_id };
  };
  const stop = (meetingId: string) => api.as('ada').post(`/api/v1/meetings/${meetingId}/recording/stop`);
  const view = async (recordingId: string): Promise<RecordingView> =>
    (await api.as('ada').get<RecordingView>(`/api/v1/recordings/${recordingId}`)).body;
  const status = (recordingId: string, wanted: string): Promise<RecordingView> =>
    until(`the recording is ${wanted}`, async () => {
      const found = await view(recordingId);
      return found.processing_status === wanted && found;
    });
  const types = async (meetingId: string): Promise<string[]> =>
    (
      await api.as('ada').get<{ events: { type: string }[] }>(`/api/v1/meetings/${meetingId}/events`)
    ).body.events.map(event => event.type);

  it('a recorder captures, the media worker sends to it, and each track is named to it', async () => {
    const { meetingId, recordingId } = await begin();
    await until('the media worker sends', () => media.requests('recording.connect').length > 0);
    expect(recorder.requests('capture.start')).toEqual([{ recordingId, epoch: expect.any(Number) }]);
    expect(media.requests('recording.connect')[0]).toEqual({
      meetingId,
      recordingId,
      attempt: 1,
      ip: '127.0.0.1',
      port: 50_000,
    });
    const opened = track(ulid());
    await media.tell({ factId: ulid(), type: 'RecordingTrackOpened', meetingId, recordingId, track: opened });
    await until('the recorder hears of the track', () => recorder.requests('capture.addTrack').length > 0);
    expect(recorder.requests('capture.addTrack')[0]).toEqual({ recordingId, track: opened });
  });

  it('a recorder that wants a key frame gets one from the media worker', async () => {
    const { meetingId, recordingId } = await begin();
    await until('the media worker sends', () => media.requests('recording.connect').length > 0);
    await recorder.tell({ factId: ulid(), type: 'KeyFrameNeeded', recordingId, trackId: 'some' });
    await until('a key frame is asked for', () => media.requests('recording.keyFrame').length > 0);
    expect(media.requests('recording.keyFrame')).toEqual([{ meetingId, recordingId, trackId: 'some' }]);
  });

  it('once it is stopped, capture ends and one composition is queued, which tells its progress until it is done', async () => {
    const { meetingId, recordingId } = await begin();
    await until('the media worker sends', () => media.requests('recording.connect').length > 0);
    const opened = track(ulid());
    await media.tell({ factId: ulid(), type: 'RecordingTrackOpened', meetingId, recordingId, track: opened });
    await until('the recorder hears of the track', () => recorder.requests('capture.addTrack').length > 0);
    await stop(meetingId);
    const job = await until('the composition is queued', () => compositions.getJob(recordingId));
    expect(job.data).toEqual({
      recordingId,
      meetingId,
      duration: expect.any(Number),
      participants: [expect.objectContaining({ displayName: 'ada', present: [[0, expect.any(Number)]] })],
      tracks: [opened],
    });
    expect(once(media.requests('recording.close'))).toEqual([{ meetingId, recordingId }]);
    expect(once(recorder.requests('capture.stop'))).toEqual([{ recordingId }]);

    await recorder.tell({ factId: ulid(), type: 'CompositionProgressed', recordingId, percent: 40 });
    await until('progress is seen', async () => (await view(recordingId)).processing_percent === 40);
    const done = { durationSeconds: 12.5, fileSizeBytes: 1000, width: 1280, height: 720 };
    await recorder.tell({ factId: ulid(), type: 'CompositionCompleted', recordingId, ...done });
    expect(await status(recordingId, 'completed')).toMatchObject({
      meeting_id: meetingId,
      duration_seconds: 12.5,
      file_size_bytes: 1000,
      processing_percent: 100,
    });
  });

  it('a composition that failed is a failed recording', async () => {
    const { meetingId, recordingId } = await begin();
    await stop(meetingId);
    await status(recordingId, 'processing');
    await recorder.tell({ factId: ulid(), type: 'CompositionFailed', recordingId, reason: 'no track' });
    await status(recordingId, 'failed');
  });

  it('an ended meeting ends its recording', async () => {
    const { meetingId, recordingId } = await begin();
    await api.as('ada').post(`/api/v1/meetings/${meetingId}/end`);
    await until('the composition is queued', () => compositions.getJob(recordingId));
  });

  it('when the recorder dies another one takes over, in a new attempt', async () => {
    const { meetingId, recordingId } = await begin();
    await until('the media worker sends', () => media.requests('recording.connect').length > 0);
    const old = track(ulid());
    await media.tell({ factId: ulid(), type: 'RecordingTrackOpened', meetingId, recordingId, track: old });
    await until('the recorder hears of the track', () => recorder.requests('capture.addTrack').length > 0);
    await recorder.stop();
    recorder = await PlayedWorker.recorder(redis(), {
      'capture.start': async () => ({ ip: '127.0.0.1', port: 50_002 }),
    });
    await until('the media worker sends elsewhere', () =>
      media.requests('recording.connect').some(request => request.port === 50_002),
    );
    expect(media.requests('recording.connect').at(-1)).toMatchObject({ recordingId, attempt: 2 });
    // The first attempt's tracks are on the first recorder's ports: the second must not wait for them.
    expect(recorder.requests('capture.addTrack')).toEqual([]);
  });

  it('while no recorder lives the recording waits, and begins with the first one', async () => {
    await recorder.stop();
    await until('nobody records', async () => (await api.withToken().get('/health')).status === 503);
    const { recordingId } = await begin();
    await status(recordingId, 'recording');
    recorder = await PlayedWorker.recorder(redis());
    await until('it captures', () => recorder.requests('capture.start').length > 0);
  });

  it('facts that come twice, late or for nothing change nothing and stop nothing', async () => {
    const { meetingId, recordingId } = await begin();
    const opened = track(ulid());
    const fact = {
      factId: ulid(),
      type: 'RecordingTrackOpened',
      meetingId,
      recordingId,
      track: opened,
    } as const;
    await until('the media worker sends', () => media.requests('recording.connect').length > 0);
    for (const factId of [fact.factId, fact.factId, ulid()]) await media.tell({ ...fact, factId });
    await stop(meetingId);
    await status(recordingId, 'processing');
    await media.tell({ ...fact, factId: ulid(), track: track(ulid()) });
    await recorder.tell({ factId: ulid(), type: 'CompositionProgressed', recordingId: ulid(), percent: 50 });
    await recorder.tell({ factId: ulid(), type: 'KeyFrameNeeded', recordingId: ulid(), trackId: 'x' });
    await media.tell({
      factId: ulid(),
      type: 'ProducerClosed',
      meetingId,
      participantId: ulid(),
      producerId: 'x',
    });
    await media.tell({ factId: ulid(), type: 'SomethingOfTomorrow' } as never);
    const done = { durationSeconds: 1, fileSizeBytes: 1, width: 2, height: 2 };
    for (const factId of [ulid(), ulid()]) {
      await recorder.tell({ factId, type: 'CompositionCompleted', recordingId, ...done });
    }
    await recorder.tell({ factId: ulid(), type: 'CompositionFailed', recordingId, reason: 'too late' });
    // Facts are taken in order: once this one is answered, all before it were taken.
    await recorder.tell({ factId: ulid(), type: 'KeyFrameNeeded', recordingId, trackId: 'last' });
    await until('all facts were taken', () => media.requests('recording.keyFrame').length > 0);
    await status(recordingId, 'completed');
    const seen = await types(meetingId);
    expect(seen.filter(type => type === 'TrackAdded')).toHaveLength(1);
    expect(seen.filter(type => type.startsWith('Recording'))).toEqual([
      'RecordingCreated',
      'RecordingStopped',
      'RecordingCompleted',
    ]);
  });

  it('a fact whose command meets an unreachable part is taken again, not lost', async () => {
    // The media worker does not answer the first time: the api's request for a key frame is refused with 503.
    let calls = 0;
    await media.stop();
    media = await PlayedWorker.media(redis(), {
      'recording.keyFrame': async () => {
        calls += 1;
        if (calls < 3) throw new DomainError('UNAVAILABLE');
        return {};
      },
    });
    await until('it is known', async () => (await api.withToken().get('/health')).status === 200);
    const { recordingId } = await begin();
    await until('the media worker sends', () => media.requests('recording.connect').length > 0);
    await recorder.tell({ factId: ulid(), type: 'KeyFrameNeeded', recordingId, trackId: 'x' });
    await until('it was asked until it could', () => calls === 3);
  });

  describe('after a restart', () => {
    it('a recording whose beginning was not followed up gets its stream', async () => {
      await Promise.all([media.stop(), recorder.stop()]);
      await until('nobody is there', async () => (await api.withToken().get('/health')).status === 503);
      const { recordingId } = await begin();
      await api.close();
      await api.open();
      [media, recorder] = await Promise.all([PlayedWorker.media(redis()), PlayedWorker.recorder(redis())]);
      await until('it captures', () =>
        recorder.requests('capture.start').some(request => request.recordingId === recordingId),
      );
      await status(recordingId, 'recording');
    });

    it('a recording goes on with the recorder that still has it, and is composed once it is stopped', async () => {
      const { meetingId, recordingId } = await begin();
      await until('the media worker sends', () => media.requests('recording.connect').length > 0);
      await api.close();
      await api.open();
      await until('it is asked again', () => media.requests('recording.connect').length > 1);
      expect(recorder.requests('capture.start')).toHaveLength(1);
      await stop(meetingId);
      await until('the composition is queued', () => compositions.getJob(recordingId));
    });

    it('facts that were told while the api was away are taken', async () => {
      const { meetingId, recordingId } = await begin();
      await stop(meetingId);
      await status(recordingId, 'processing');
      await api.close();
      await recorder.tell({ factId: ulid(), type: 'CompositionFailed', recordingId, reason: 'no track' });
      await api.open();
      await status(recordingId, 'failed');
    });
  });
});

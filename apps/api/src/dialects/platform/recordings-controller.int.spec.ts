import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { jwtSecret } from '#libs/config';
import { ulid } from 'ulid';
import { signPath } from '../../platform/signed-url.js';
import { PlayedWorker } from '../../testing/played-workers.js';
import { RunningApi } from '../../testing/running-api.js';
import { until } from '../../testing/until.js';

jest.setTimeout(90_000);
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const FILM = Buffer.from(Array.from({ length: 1000 }, (_, at) => at % 251));

interface RecordingView {
  readonly recording_id: string;
  readonly created_at: string;
  readonly processing_status: string;
  readonly download_url: string;
  readonly thumbnail_url: string;
}

describe('recordings over REST', () => {
  let api: RunningApi;
  let recorder: PlayedWorker;
  let meetingId: string;
  /** A finished one, an earlier one that failed, and one that still records. */
  let done: string;
  let failed: string;
  let running: string;

  const record = async (): Promise<string> =>
    (
      await api
        .as('ada')
        .post<{ data: { recording_id: string } }>(`/api/v1/meetings/${meetingId}/recording/start`)
    ).body.data.recording_id;
  const stop = () => api.as('ada').post(`/api/v1/meetings/${meetingId}/recording/stop`);
  const list = async (userId: string, query = '', claims = {}) =>
    (await api.as(userId, claims).get<{ recordings: RecordingView[] }>(`/api/v1/recordings${query}`)).body
      .recordings;
  const one = async (recordingId: string) =>
    (await api.as('ada').get<RecordingView>(`/api/v1/recordings/${recordingId}`)).body;
  const reached = (recordingId: string, status: string) =>
    until(`${recordingId} is ${status}`, async () => (await one(recordingId)).processing_status === status);

  beforeAll(async () => {
    api = await RunningApi.start();
    recorder = await PlayedWorker.recorder(api.redis.redisUrl);
    meetingId = await api.meeting('ada');
    for (const userId of ['ada', 'grace'])
      await api.as(userId).post(`/api/v1/meetings/${meetingId}/join`, {});
    await api.as('grace').post(`/api/v1/meetings/${meetingId}/leave`);

    failed = await record();
    await stop();
    await reached(failed, 'processing');
    await recorder.tell({
      factId: ulid(),
      type: 'CompositionFailed',
      recordingId: failed,
      reason: 'no space left',
    });
    await reached(failed, 'failed');

    done = await record();
    await stop();
    const folder = join(api.config.dataDir, 'recordings', done);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'recording.mp4'), FILM);
    writeFileSync(join(folder, 'thumbnail.jpg'), 'jpeg');
    await reached(done, 'processing');
    await recorder.tell({
      factId: ulid(),
      type: 'CompositionCompleted',
      recordingId: done,
      durationSeconds: 1800,
      fileSizeBytes: FILM.length,
      width: 1280,
      height: 720,
    });
    await reached(done, 'completed');
    running = await record();
    await until('all are listed', async () => (await list('ada')).length === 3);
  });
  afterAll(async () => {
    await recorder.stop();
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });

  const local = (url: string): string => url.replace('https://meet.example.org', api.address);
  const film = async (): Promise<string> => local((await one(done)).download_url);

  it('lists field by field as the document says, the newest first', async () => {
    const { status, body } = await api.as('ada').get(`/api/v1/recordings?meeting_id=${meetingId}&limit=10`);
    expect(status).toBe(200);
    const day = new Intl.DateTimeFormat('en-US', {
      month: 'short',
      day: 'numeric',
      timeZone: 'UTC',
    }).format(new Date((await one(done)).created_at));
    const common = { meeting_id: meetingId, title: `Team Standup - ${day}`, created_at: time };
    const nothing = {
      duration_seconds: null,
      file_size_bytes: null,
      download_url: null,
      thumbnail_url: null,
    };
    const signed = (file: string) =>
      expect.stringMatching(
        new RegExp(
          `^https://meet\\.example\\.org/recordings/${done}/${file}\\?expires=\\d+&signature=[\\w-]{43}$`,
        ),
      );
    expect(body).toEqual({
      recordings: [
        {
          ...common,
          ...nothing,
          recording_id: running,
          processing_status: 'recording',
          processing_percent: 0,
        },
        {
          ...common,
          recording_id: done,
          duration_seconds: 1800,
          file_size_bytes: FILM.length,
          processing_status: 'completed',
          processing_percent: 100,
          download_url: signed('recording\\.mp4'),
          thumbnail_url: signed('thumbnail\\.jpg'),
        },
        { ...common, ...nothing, recording_id: failed, processing_status: 'failed', processing_percent: 0 },
      ],
    });
  });

  it('are for those who took part, the host and administrators', async () => {
    for (const [userId, claims] of [
      ['ada', {}],
      ['grace', {}],
      ['root', { roles: ['admin'] }],
    ] as const) {
      expect((await list(userId, '', claims)).map(recording => recording.recording_id)).toEqual([
        running,
        done,
        failed,
      ]);
    }
    expect(await list('eve')).toEqual([]);
    expect(await list('eve', `?meeting_id=${meetingId}`)).toEqual([]);
    for (const path of [done, `${done}/download`]) {
      expect(await api.as('eve').get(`/api/v1/recordings/${path}`)).toMatchObject({
        status: 404,
        body: { error: { code: 'RECORDING_NOT_FOUND' } },
      });
    }
  });

  it('are for nobody whom a host removed, blocked or did not let in, until they may come back', async () => {
    const meeting = `/api/v1/meetings/${meetingId}`;
    const join = () => api.as('mallory').post(`${meeting}/join`, {});
    const block = (blocked_users: string[]) =>
      api.as('ada').post(`${meeting}/security/policy`, { blocked_users });
    expect((await join()).status).toBe(200);
    expect(await list('mallory')).toHaveLength(3);
    const removal = await api.as('ada').send(`${meeting}/participants/mallory`, { method: 'DELETE' });
    expect(removal.status).toBe(200);
    expect(await list('mallory')).toEqual([]);
    expect((await api.as('mallory').get(`/api/v1/recordings/${done}/download`)).status).toBe(404);

    expect((await api.as('ada').post(`${meeting}/waiting-room/mallory/admit`)).status).toBe(200);
    expect(await list('mallory')).toHaveLength(3);
    expect((await join()).status).toBe(200);

    // Whoever is in is removed by being blocked.
    for (const isIn of [true, false]) {
      if (!isIn) expect((await api.as('mallory').post(`${meeting}/leave`)).status).toBe(200);
      expect((await block(['mallory'])).status).toBe(200);
      expect(await list('mallory')).toEqual([]);
      expect((await block([])).status).toBe(200);
      expect(await list('mallory')).toHaveLength(3);
      expect((await join()).status).toBe(200);
    }
    expect((await api.as('mallory').post(`${meeting}/leave`)).status).toBe(200);

    const waitingRoom = (require_waiting_room: boolean) =>
      api.as('ada').post(`${meeting}/security/policy`, { require_waiting_room });
    expect((await waitingRoom(true)).status).toBe(200);
    expect((await join()).status).toBe(202);
    expect((await api.as('ada').post(`${meeting}/waiting-room/mallory/deny`)).status).toBe(200);
    expect(await list('mallory')).toEqual([]);
    expect((await waitingRoom(false)).status).toBe(200);
  });

  it('are paged and filtered', async () => {
    const ids = async (query: string) => (await list('ada', query)).map(recording => recording.recording_id);
    expect(await ids('?limit=1')).toEqual([running]);
    expect(await ids('?limit=1&offset=1')).toEqual([done]);
    expect(await ids('?meeting_id=another')).toEqual([]);
    expect((await api.as('ada').get('/api/v1/recordings?meeting_id=a%2Fb')).status).toBe(400);
  });

  it('a download is a redirect to a signed address that needs no token', async () => {
    const { status, headers } = await api.as('grace').get(`/api/v1/recordings/${done}/download`);
    expect(status).toBe(302);
    const response = await fetch(local(headers.get('location') ?? ''));
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'video/mp4']);
    expect(Buffer.from(await response.arrayBuffer()).equals(FILM)).toBe(true);
  });

  it('a recording that is not composed cannot be downloaded: 409 with its status', async () => {
    for (const [id, processing_status] of [
      [running, 'recording'],
      [failed, 'failed'],
    ] as const) {
      expect(await api.as('ada').get(`/api/v1/recordings/${id}/download`)).toMatchObject({
        status: 409,
        body: { error: { code: 'RECORDING_NOT_READY', details: { processing_status } } },
      });
    }
  });

  it('a signed address answers ranges, as players ask for them', async () => {
    const address = await film();
    const ask = async (range: string) => {
      const response = await fetch(address, { headers: { range } });
      return {
        status: response.status,
        range: response.headers.get('content-range'),
        body: Buffer.from(await response.arrayBuffer()),
      };
    };
    expect(await ask('bytes=100-199')).toEqual({
      status: 206,
      range: 'bytes 100-199/1000',
      body: FILM.subarray(100, 200),
    });
    expect(await ask('bytes=990-')).toMatchObject({ status: 206, body: FILM.subarray(990) });
    expect(await ask('bytes=-10')).toMatchObject({ status: 206, body: FILM.subarray(990) });
    expect(await ask('bytes=2000-')).toMatchObject({ status: 416 });
  });

  it('a signed file may be kept by its reader alone, for as long as its address is good', async () => {
    const response = await fetch(await film());
    await response.arrayBuffer();
    expect(response.headers.get('cache-control')).toBe('private, max-age=3600');
  });

  it.each<[string, (url: URL) => void]>([
    ['without a signature', url => url.searchParams.delete('signature')],
    ['with another signature', url => url.searchParams.set('signature', 'A'.repeat(43))],
    ['with a shorter signature', url => url.searchParams.set('signature', 'A')],
    ['with two signatures', url => url.searchParams.append('signature', 'A'.repeat(43))],
    ['without an expiry', url => url.searchParams.delete('expires')],
    [
      'with a later expiry',
      url => url.searchParams.set('expires', String(Number(url.searchParams.get('expires')) + 1)),
    ],
    ['with an expiry that is no number', url => url.searchParams.set('expires', 'never')],
    ['of another file', url => void (url.pathname = url.pathname.replace('recording.mp4', 'thumbnail.jpg'))],
    ['of another recording', url => void (url.pathname = url.pathname.replace(done, failed))],
  ])('an address %s opens nothing', async (_what, tamper) => {
    const url = new URL(await film());
    tamper(url);
    const { status, body } = await api.withToken().get(url.pathname + url.search);
    expect([400, 401]).toContain(status);
    expect(body).toMatchObject({
      error: { code: expect.stringMatching(/^(INVALID_TOKEN|VALIDATION_FAILED)$/) },
    });
  });

  it.each(['tracks', 'recording.mp4.part', '..%2F..%2Fjwt-secret', '%2e%2e', 'recording.mp4%00'])(
    'no address leads to the file %s',
    async file => {
      const { search } = new URL(await film());
      expect(
        (await api.withToken().get(`/recordings/${done}/${file}${search}`)).status,
      ).toBeGreaterThanOrEqual(400);
    },
  );

  it('a signed file that is gone is 404 in the format of the document', async () => {
    const path = signPath(
      jwtSecret(api.config),
      `/recordings/${failed}/recording.mp4`,
      Math.floor(Date.now() / 1000) + 60,
    );
    expect(await api.withToken().get(path)).toMatchObject({
      status: 404,
      body: { error: { code: 'NOT_FOUND' } },
    });
    const late = signPath(
      jwtSecret(api.config),
      `/recordings/${done}/recording.mp4`,
      Math.floor(Date.now() / 1000) - 1,
    );
    expect((await api.withToken().get(late)).status).toBe(401);
  });
});

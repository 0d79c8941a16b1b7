import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import type { Database } from '#libs/read-models';
import { readModelsToken } from '../../platform/read-models.js';
import { startApi } from '../../start-api.js';
import { RunningApi } from '../../testing/running-api.js';
import { until } from '../../testing/until.js';

const TABLES = [
  'meetings',
  'participants',
  'waiting',
  'chat_messages',
  'recordings',
  'rooms',
  'producers',
] as const;

describe('rebuilding the read models', () => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await RunningApi.start();
    for (const host of ['ada', 'grace']) {
      const id = await api.meeting(host, { waiting_room_enabled: host === 'grace' });
      for (const userId of ['ada', 'grace', 'edsger']) {
        const rest = api.as(userId);
        await rest.post(`/api/v1/meetings/${id}/join`, {});
        await rest.put(`/api/v1/meetings/${id}/participants/status`, { is_hand_raised: true });
        await rest.post(`/api/v1/meetings/${id}/chat`, { content: `from ${userId}` });
      }
      await api.as(host).post(`/api/v1/meetings/${id}/recording/start`);
    }
    const room = await api.as('alan').put<{ meeting_id: string }>('/api/v1/rooms/standup', {});
    await api.as('alan').post(`/api/v1/meetings/${room.body.meeting_id}/end`);
    // They follow from their meetings' beginnings of a recording, after those are answered.
    const recordings = api.part<Kysely<Database>>(readModelsToken).selectFrom('recordings').selectAll();
    await until('both recordings', async () => (await recordings.execute()).length === 2);
  }, 90_000);
  afterAll(async () => {
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });

  const content = async (): Promise<unknown> => {
    const readModels = api.part<Kysely<Database>>(readModelsToken);
    const rows = await Promise.all(TABLES.map(table => readModels.selectFrom(table).selectAll().execute()));
    return Object.fromEntries(
      TABLES.map((table, at) => [table, rows[at]?.map(row => JSON.stringify(row)).sort()]),
    );
  };
  const rebuild = (roles: string[]) => api.as('root', { roles }).post('/api/v1/admin/read-models/rebuild');

  it('leaves in every table what was there before', async () => {
    const before = await content();
    expect(before).toMatchObject({
      meetings: { length: 3 },
      chat_messages: { length: 4 },
      waiting: { length: 2 },
      recordings: { length: 2 },
    });
    expect(await rebuild(['admin'])).toMatchObject({
      status: 200,
      body: { rebuilt: true, milliseconds: expect.any(Number) },
    });
    expect(await content()).toEqual(before);
  });

  it('goes on while requests come in, and two at once do no harm', async () => {
    const id = await api.meeting('ada');
    await api.as('ada').post(`/api/v1/meetings/${id}/join`, {});
    const answers = await Promise.all([
      rebuild(['admin']),
      ...Array.from({ length: 20 }, (_, n) =>
        api.as('ada').post(`/api/v1/meetings/${id}/chat`, { content: String(n) }),
      ),
      rebuild(['admin']),
    ]);
    expect(new Set(answers.map(answer => answer.status))).toEqual(new Set([200]));
    const before = await content();
    await rebuild(['admin']);
    expect(await content()).toEqual(before);
  });

  it.each([[[]], [['analyst']], [['Admin']], [['guest']]])('is not for the roles %j', async roles => {
    expect(await rebuild(roles)).toMatchObject({
      status: 403,
      body: { error: { code: 'INSUFFICIENT_PERMISSIONS' } },
    });
  });

  it('a data directory is one process at a time: a second start is refused with a sentence', async () => {
    await expect(startApi(api.config, api.log.logger)).rejects.toThrow(/Another Parley already runs/);
    expect((await api.as('ada').get('/api/v1/recordings')).status).toBe(200);
  });
});

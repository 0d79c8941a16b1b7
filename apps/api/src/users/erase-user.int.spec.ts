import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ERASED } from '#libs/domain';
import { openSqliteEventLog } from '#libs/event-log';
import { connectRedis } from '#libs/work-queues';
import { type Queue, Worker } from 'bullmq';
import { COMPOSITIONS } from '../platform/compositions.js';
import { RunningApi } from '../testing/running-api.js';
import type { SignallingClient } from '../testing/signalling-client.js';
import { until } from '../testing/until.js';

interface LoggedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: Record<string, unknown>;
}
interface Page {
  readonly events: readonly LoggedEvent[];
  readonly has_more: boolean;
  readonly next_after: number;
}

const EMAIL = 'ada.lovelace@example.org';
/** What of Ada's must be found nowhere once she is erased. */
const TEXTS = [
  'Ada Lovelace',
  'Countess Ada',
  EMAIL,
  'the engine weaves',
  'psst, Grace',
  'notes.example.org',
];
const ADA = { name: 'Ada Lovelace', email: EMAIL };

/** Of a file that was gone before it could be read, nothing: others write and replace theirs meanwhile. */
const contentOf = (file: string): Buffer => {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
};

describe('erasing a user', () => {
  let api: RunningApi;
  let id: string;
  let ada: SignallingClient;
  let before: LoggedEvent[];
  let after: LoggedEvent[];
  let state: unknown;

  const events = async (): Promise<LoggedEvent[]> => {
    const all: LoggedEvent[] = [];
    // A page ends where its time is over, too: on a busy machine there may be more.
    for (let query = '', more = true; more;) {
      const { body } = await api.as('ada', ADA).get<Page>(`/api/v1/meetings/${id}/events${query}`);
      all.push(...body.events);
      [query, more] = [`?after=${body.next_after}`, body.has_more];
    }
    return all;
  };
  const stateNow = async (): Promise<unknown> =>
    (await api.as('ada', ADA).get<{ state: unknown }>(`/api/v1/meetings/${id}/state`)).body.state;
  const erase = (userId: string, by = userId, roles: string[] = []) =>
    api.as(by, { roles }).send(`/api/v1/users/${encodeURIComponent(userId)}`, { method: 'DELETE' });
  const say = (userId: string, content: string, more: object = {}) =>
    api.as(userId, userId === 'ada' ? ADA : {}).post(`/api/v1/meetings/${id}/chat`, { content, ...more });
  const filesWith = (text: string, directory = api.config.dataDir): string[] =>
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
      .filter(file => contentOf(file).includes(text));
  const textsIn = (shown: unknown): string[] => {
    const json = JSON.stringify(shown);
    return TEXTS.filter(text => json.includes(text));
  };
  /** As it should be: what was Ada's is [erased], and nothing else differs. */
  const erasedIn = (all: LoggedEvent[]): unknown =>
    JSON.parse(
      TEXTS.reduce(
        (json, text) => json.replaceAll(new RegExp(`"[^"]*${text}[^"]*"`, 'g'), `"${ERASED}"`),
        JSON.stringify(all),
      ),
    );

  beforeAll(async () => {
    api = await RunningApi.start();
    const created = await api
      .as('ada', ADA)
      .post<{ meeting_id: string }>('/api/v1/meetings', { title: 'Team Standup', settings: {} });
    id = created.body.meeting_id;
    await api.as('ada', ADA).post(`/api/v1/meetings/${id}/start`);
    await api.as('ada', ADA).post(`/api/v1/meetings/${id}/join`, { display_name: 'Countess Ada' });
    await api.as('grace').post(`/api/v1/meetings/${id}/join`, {});
    await say('ada', 'the engine weaves');
    await say('ada', 'psst, Grace', { recipient_id: 'grace' });
    await say('grace', 'hello from Grace');
    await say('ada', 'see notes.example.org');
    ada = await api.connect('ada', ADA);
    // Long enough that the chat's and the meeting's actors have snapshots.
    for (let n = 0; n < 260; n += 1) {
      await api.as('grace').post(`/api/v1/meetings/${id}/leave`);
      await api.as('grace').post(`/api/v1/meetings/${id}/join`, {});
    }
    await until('a snapshot', () => filesWith('Countess Ada').some(file => file.includes('snapshots')));
    before = await events();
  }, 120_000);
  afterAll(async () => {
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });

  it.each([
    ['grace', []],
    ['mary', ['analyst']],
    ['guest-1', ['guest']],
  ])('is not for another user: %s with roles %j', async (by, roles) => {
    expect(await erase('ada', by, roles)).toMatchObject({
      status: 403,
      body: { error: { code: 'INSUFFICIENT_PERMISSIONS' } },
    });
    expect(await events()).toEqual(before);
  });

  it.each(['a'.repeat(129), 'a\u0000b', 'a\nb'])(
    'is refused for an id that none can have: %j',
    async userId => {
      expect(await erase(userId, 'root', ['admin'])).toMatchObject({
        status: 400,
        body: { error: { code: 'VALIDATION_FAILED' } },
      });
    },
  );

  it('is refused for Parley itself', async () => {
    expect((await erase('system', 'root', ['admin'])).status).toBe(400);
  });

  it('needs a token', async () => {
    expect((await api.withToken().send('/api/v1/users/ada', { method: 'DELETE' })).status).toBe(401);
  });

  it('answers 204 without a word, for a user nobody has heard of too', async () => {
    expect(await erase('nobody', 'root', ['admin'])).toMatchObject({ status: 204, body: '' });
    expect(await erase('ada')).toMatchObject({ status: 204, body: '' });
    after = await events();
    state = await stateNow();
  });

  it('replay shows [erased] in the place of each text, and every other field as it was', () => {
    expect(textsIn(before)).toEqual(TEXTS);
    expect(after).toEqual(erasedIn(before));
    expect(JSON.stringify(after)).toContain('hello from Grace');
    expect(textsIn(state)).toEqual([]);
  });

  it('no list, history or state of the api shows the texts any more', async () => {
    const grace = api.as('grace');
    for (const path of ['', '/status', '/participants', '/chat', '/chat?limit=100']) {
      const { status, body } = await grace.get(`/api/v1/meetings/${id}${path}`);
      expect([path, status]).toEqual([path, 200]);
      expect([path, textsIn(body)]).toEqual([path, []]);
    }
    const chat = (await grace.get(`/api/v1/meetings/${id}/chat`)).body;
    expect(JSON.stringify(chat)).toContain(ERASED);
    expect(JSON.stringify(chat)).toContain('hello from Grace');
  });

  it('no file in the data directory holds them, neither while it runs nor after a stop', async () => {
    expect(TEXTS.flatMap(text => filesWith(text))).toEqual([]);
    expect(filesWith('Team Standup')).not.toEqual([]);
    await ada.close();
    await api.close();
    expect(TEXTS.flatMap(text => filesWith(text))).toEqual([]);
    await api.open();
    expect(await events()).toEqual(after);
    expect(await stateNow()).toEqual(state);
  });

  it('a host who was erased still hosts the running meeting', async () => {
    const host = api.as('ada', ADA);
    expect(
      (await host.put(`/api/v1/meetings/${id}/participants/status`, { is_hand_raised: true })).status,
    ).toBe(200);
    expect((await host.post(`/api/v1/meetings/${id}/recording/start`)).status).toBe(200);
    const session = await api.connect('ada', ADA);
    await session.close();
  });

  it('who comes back is shown by the new name, and the old texts stay erased, also after a repeat and a rebuild', async () => {
    const comesBack = { name: 'Augusta' };
    await api.as('ada', comesBack).post(`/api/v1/meetings/${id}/leave`);
    await api.as('ada', comesBack).post(`/api/v1/meetings/${id}/join`, {});
    await say('ada', 'back again');
    await api.close();
    await api.open();
    expect(
      (await api.as('root', { roles: ['admin'] }).post('/api/v1/admin/read-models/rebuild')).status,
    ).toBe(200);
    const all = await events();
    expect(all.slice(0, after.length)).toEqual(after);
    expect(JSON.stringify(all)).toContain('Augusta');
    const chat = (await api.as('grace').get(`/api/v1/meetings/${id}/chat`)).body;
    expect(JSON.stringify(chat)).toContain('back again');
    expect(textsIn([all, chat])).toEqual([]);
  });

  it('is taken out of Redis too, where jobs of composing name who is in the picture', async () => {
    const queue = api.part<Queue>(COMPOSITIONS);
    await queue.add('compose', { participants: [{ displayName: 'Ada Lovelace' }] }, { jobId: 'r1' });
    const connection = connectRedis(api.redis.redisUrl);
    const worker = new Worker(queue.name, async () => ({}), { connection });
    await until('the job', async () => (await queue.getCompletedCount()) === 1);
    await worker.close();
    connection.disconnect();
    const files = dirname(api.redis.redisUrl.slice('unix://'.length));
    await until('the job in the file', () => filesWith('Ada Lovelace', files).length > 0);
    expect((await erase('ada', 'root', ['admin'])).status).toBe(204);
    await until('the job to be gone', () => filesWith('Ada Lovelace', files).length === 0);
    expect(await queue.getCompletedCount()).toBe(0);
  });

  it('a second time erases what came since', async () => {
    expect((await erase('ada', 'root', ['admin'])).status).toBe(204);
    const all = JSON.stringify([await events(), await stateNow()]);
    expect(all).not.toMatch(/Augusta|back again/);
    expect([...filesWith('Augusta'), ...filesWith('back again')]).toEqual([]);
  });

  it('an erasure that stands in the log and was not carried out is, at the next start, in every store', async () => {
    await api.as('ada', ADA).post(`/api/v1/meetings/${id}/leave`);
    await api.as('ada', ADA).post(`/api/v1/meetings/${id}/join`, { display_name: 'Enchantress' });
    await api.close();
    // As a process leaves it that was killed between the event and all that follows from it.
    const log = await openSqliteEventLog({ directory: join(api.config.dataDir, 'log') });
    const data = { userId: 'ada', erasedBy: 'ada', erasedAt: '2026-11-22T10:00:00.000Z' };
    const metadata = { correlationId: 'request', userId: 'ada' };
    const event = { id: 'late', type: 'UserErased', version: 1, time: data.erasedAt, data, metadata };
    await log.append('user-ada', [event], 'any');
    await log.close();
    expect(existsSync(join(api.config.dataDir, 'snapshots.db'))).toBe(true);
    await api.open();
    // Not as grace, who has come and gone so often that she may not ask much more.
    await until('the read models', async () => {
      const { body } = await api.as('ada', ADA).get(`/api/v1/meetings/${id}/participants`);
      return !JSON.stringify(body).includes('Enchantress');
    });
    expect(JSON.stringify([await events(), await stateNow()])).not.toContain('Enchantress');
    await api.close();
    expect(filesWith('Enchantress')).toEqual([]);
    await api.open();
  });

  it('a repeat with the same Idempotency-Key leaves alone what came since', async () => {
    const repeated = (): Promise<{ status: number }> =>
      api
        .as('ada', ADA)
        .send('/api/v1/users/ada', { method: 'DELETE', headers: { 'idempotency-key': 'once' } });
    expect((await repeated()).status).toBe(204);
    await say('ada', 'said in between');
    expect((await repeated()).status).toBe(204);
    expect(JSON.stringify(await events())).toContain('said in between');
  });

  it('may be asked for a few times a minute, by an administrator as often as need be', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 7; n += 1) statuses.push((await erase('edsger')).status);
    expect(statuses.filter(status => status === 204).length).toBeGreaterThan(0);
    const refused = await erase('edsger');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    for (let n = 0; n < 8; n += 1) expect((await erase('edsger', 'root', ['admin'])).status).toBe(204);
  });
});

import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { TestDoor } from '../../../../libs/event-log/src/eventstoredb-for-tests.js';
import { RunningApi } from '../testing/running-api.js';
import { until } from '../testing/until.js';
import { type ReadModels, readModelsToken } from './read-models.js';

jest.setTimeout(120_000);

interface Created {
  readonly meeting_id: string;
}
interface Refused {
  readonly error: { readonly code: string };
}
let door: TestDoor;
let api: RunningApi;
beforeAll(async () => {
  door = await TestDoor.start();
  api = await RunningApi.start({ PARLEY_EVENT_LOG: door.connectionString });
});
afterAll(async () => {
  await api.stop();
  await door.stop();
});

const create = async (title: string, key: string) =>
  api.as('ada').post<Created & Refused>('/api/v1/meetings', { title }, { 'idempotency-key': key });
/** Of the meetings in the read models. */
const titles = async (of = api): Promise<string[]> => {
  const rows = await of.part<ReadModels>(readModelsToken).selectFrom('meetings').select('title').execute();
  return rows.map(({ title }) => title);
};
const eventsOf = async (meeting: string): Promise<unknown[]> =>
  (await api.as('ada').get<{ events: unknown[] }>(`/api/v1/meetings/${meeting}/events`)).body.events;

it('with the log on EventStoreDB a meeting is created, joined and replayed, and read back by who wrote it', async () => {
  const meeting = await api.meeting('ada', {});
  const joined = await api.as('grace').post(`/api/v1/meetings/${meeting}/join`, { display_name: 'Grace' });
  expect(joined.status).toBe(200);
  expect(await eventsOf(meeting)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ type: 'MeetingCreated' }),
      expect.objectContaining({ type: 'MeetingStarted' }),
      expect.objectContaining({ type: 'ParticipantJoined' }),
    ]),
  );
});

it('while EventStoreDB is away a command is refused with 503 and Retry-After; afterwards its repeat happens once, and read models go on', async () => {
  const before = await create('Before', 'key-1');
  expect(before.status).toBe(201);
  await door.kill();
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const refused = await create('Meanwhile', 'key-2');
    expect([refused.status, refused.body.error.code]).toEqual([503, 'UNAVAILABLE']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  // What is known is still read.
  expect(await titles()).toContain('Before');

  await door.restart();
  const created = await until('the command to be taken', async () => {
    const answer = await create('Meanwhile', 'key-2');
    return answer.status === 201 && answer;
  });
  const repeated = await create('Meanwhile', 'key-2');
  expect(repeated.body.meeting_id).toBe(created.body.meeting_id);
  expect(await eventsOf(created.body.meeting_id)).toHaveLength(1);
  const all = await until('the read models to go on', async () => {
    const found = await titles();
    return found.includes('Meanwhile') && found;
  });
  expect(all.filter(title => title === 'Meanwhile')).toHaveLength(1);
});

it('what was written is there when another process starts on the same EventStoreDB, with read models of its own', async () => {
  const { body } = await create('Handed over', 'key-3');
  const other = await RunningApi.start({ PARLEY_EVENT_LOG: door.connectionString });
  try {
    await until('its read models', async () => (await titles(other)).includes('Handed over'));
    const read = await other.as('ada').get<{ title: string }>(`/api/v1/meetings/${body.meeting_id}`);
    expect([read.status, read.body.title]).toEqual([200, 'Handed over']);
    expect((await titles(other)).sort()).toEqual((await titles()).sort());
  } finally {
    await other.stop();
  }
});

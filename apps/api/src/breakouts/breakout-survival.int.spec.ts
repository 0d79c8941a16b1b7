import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ApiProcess } from '../testing/api-process.js';
import { Clock } from '../platform/clock.js';
import { RestClient } from '../testing/rest-client.js';
import { RunningApi } from '../testing/running-api.js';
import { until } from '../testing/until.js';

const SLOW = 300_000;

describe('an api that is killed while breakout rooms are open', () => {
  let api: RunningApi;
  let child: ApiProcess | undefined;
  beforeAll(async () => {
    api = await RunningApi.start();
  }, SLOW);
  afterAll(async () => {
    await child?.kill();
    await api.stop();
  });

  it(
    'has them closed by the next one, on time',
    async () => {
      const id = await api.meeting('ada');
      for (const userId of ['ada', 'grace']) await api.as(userId).post(`/api/v1/meetings/${id}/join`, {});
      const { dataDir, redisUrl } = api.config;
      // The test asks again and again.
      const env = { PARLEY_DATA_DIR: dataDir, PARLEY_REDIS_URL: redisUrl, PARLEY_RATE_LIMITS: 'off' };
      const start = async (): Promise<RestClient> => {
        child = await ApiProcess.start(env);
        return new RestClient(child.address, api.token('ada'));
      };
      await api.close();
      const began = performance.now();
      await start();
      const startMs = performance.now() - began;
      await child?.kill();
      await api.open();

      // As if they had been opened a while ago: what is left of the 2 minutes is enough for a start, however slow this is.
      const leftMs = Math.min(5_000 + 4 * startMs, 55_000);
      const opened = new Date(Date.now() + leftMs - 120_000).toISOString();
      const clock = jest.spyOn(api.part(Clock), 'iso').mockReturnValue(opened);
      const path = `/api/v1/meetings/${id}/breakout-rooms`;
      await api.as('ada').post(path, { room_count: 1, auto_assign: true, time_limit_minutes: 2 });
      clock.mockRestore();
      await api.close();
      interface Room {
        readonly participants: { readonly user_id: string }[];
      }
      const rooms = async (rest: RestClient): Promise<Room[]> =>
        (await rest.get<{ data: Room[] }>(path)).body.data;
      const [room] = await rooms(await start());
      expect(room?.participants).toMatchObject([{ user_id: 'grace' }]);
      await child?.kill();

      const rest = await start();
      await until('they are closed', async () => (await rooms(rest)).length === 0, 90_000);
      const { body } = await rest.get<{
        events: { type: string; data: { closedAt?: string; reason?: string } }[];
      }>(`/api/v1/meetings/${id}/events`);
      const told = body.events.filter(({ type }) => type.startsWith('BreakoutRooms'));
      expect(told.map(({ type }) => type)).toEqual([
        'BreakoutRoomsOpened',
        'BreakoutRoomsCloseAnnounced',
        'BreakoutRoomsClosed',
      ]);
      const { closedAt = '', reason } = told[2]?.data ?? {};
      expect(reason).toBe('time-limit');
      expect(Date.parse(closedAt)).toBeGreaterThanOrEqual(Date.parse(opened) + 120_000);
    },
    SLOW,
  );
});

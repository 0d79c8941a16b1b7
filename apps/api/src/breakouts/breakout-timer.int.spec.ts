import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Meeting, streamOf } from '#libs/domain';
import type { EventLog } from '#libs/event-log';
import { Aggregates } from '../platform/aggregates.js';
import { Clock } from '../platform/clock.js';
import { EVENT_LOG } from '../platform/log-follower.js';
import { RunningApi } from '../testing/running-api.js';
import { until } from '../testing/until.js';

jest.setTimeout(60_000);

describe('breakout rooms with a time limit', () => {
  let api: RunningApi;
  let id: string;
  beforeAll(async () => {
    api = await RunningApi.start();
  });
  afterAll(async () => {
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });
  beforeEach(async () => {
    id = await api.meeting('ada');
    for (const userId of ['ada', 'grace']) await api.as(userId).post(`/api/v1/meetings/${id}/join`, {});
  });
  afterEach(() => void jest.restoreAllMocks());

  /** Opens rooms for some minutes as if that had been a while ago; from then on the time is right again. */
  const open = async (minutes: number, secondsAgo: number): Promise<void> => {
    const clock = api.part(Clock);
    const set = jest
      .spyOn(clock, 'iso')
      .mockReturnValue(new Date(Date.now() - secondsAgo * 1000).toISOString());
    const { status } = await api.as('ada').post(`/api/v1/meetings/${id}/breakout-rooms`, {
      room_count: 1,
      auto_assign: true,
      time_limit_minutes: minutes,
    });
    set.mockRestore();
    expect(status).toBe(200);
  };
  const events = async (): Promise<string[]> => {
    const types: string[] = [];
    for await (const event of api.part<EventLog>(EVENT_LOG).readStream(streamOf(Meeting, id))) {
      if (event.type.startsWith('BreakoutRooms')) {
        const { reason } = event.data as { reason?: string };
        types.push(reason ? `${event.type}: ${reason}` : event.type);
      }
    }
    return types;
  };
  const closed = async () => (await events()).at(-1)?.startsWith('BreakoutRoomsClosed') ?? false;
  const WHOLE = ['BreakoutRoomsOpened', 'BreakoutRoomsCloseAnnounced', 'BreakoutRoomsClosed: time-limit'];

  it('are announced and closed by themselves, and everybody is back', async () => {
    // Who comes to it too late to announce it closes it all the same, so that there is time for both.
    await open(1, 54);
    await until('they are closed', closed);
    expect(await events()).toEqual(WHOLE);
    const { roster, breakout } = await api.part(Aggregates).state(Meeting, id);
    expect(breakout).toBeUndefined();
    expect(Object.values(roster).map(seat => seat.breakoutRoomId)).toEqual([undefined, undefined]);
  });

  it.each([
    ['a minute before their end', 10, 9 * 60 + 1],
    ['at half of it, when that is less', 1, 31],
  ])('are announced %s, and not closed before it', async (_when, minutes, secondsAgo) => {
    await open(minutes, secondsAgo);
    await until('it is announced', async () => (await events()).includes('BreakoutRoomsCloseAnnounced'));
    expect(await events()).toEqual(['BreakoutRoomsOpened', 'BreakoutRoomsCloseAnnounced']);
  });

  it.each([
    ['a minute', 10, 8 * 60],
    ['half of it', 1, 3],
  ])('are not announced more than %s before their end', async (_what, minutes, secondsAgo) => {
    await open(minutes, secondsAgo);
    // Rooms opened after these have been looked at after them.
    const quiet = id;
    id = await api.meeting('ada');
    await api.as('ada').post(`/api/v1/meetings/${id}/join`, {});
    await open(1, 59);
    await until('those are closed', closed);
    id = quiet;
    expect(await events()).toEqual(['BreakoutRoomsOpened']);
  });

  it('are closed by the next process when this one stops before', async () => {
    await open(1, 45);
    await until('it is announced', async () => (await events()).includes('BreakoutRoomsCloseAnnounced'));
    await api.close();
    const { now } = Date;
    // As if it had been away for a while.
    const later = jest.spyOn(Clock.prototype, 'now').mockImplementation(() => now() + 60_000);
    await api.open();
    await until('they are closed', closed);
    later.mockRestore();
    expect(await events()).toEqual(WHOLE);
  });

  it('go on in the next process when their time is not over', async () => {
    await open(1, 50);
    await until('it is announced', async () => (await events()).includes('BreakoutRoomsCloseAnnounced'));
    await api.close();
    await api.open();
    await until('they are closed', closed);
    expect(await events()).toEqual(WHOLE);
  });

  it('that were closed before are left alone, and so are others that were opened since', async () => {
    await open(1, 53);
    await api.as('ada').send(`/api/v1/meetings/${id}/breakout-rooms`, { method: 'DELETE' });
    await open(10, 0);
    const quiet = id;
    id = await api.meeting('ada');
    await api.as('ada').post(`/api/v1/meetings/${id}/join`, {});
    // Opened later, to be closed later than the first ones were to be.
    await open(1, 53);
    await until('later ones are closed', closed);
    id = quiet;
    expect((await events()).slice(-2)).toEqual(['BreakoutRoomsClosed: closed', 'BreakoutRoomsOpened']);
  });
});

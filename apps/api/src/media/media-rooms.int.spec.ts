import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DomainError } from '#libs/domain';
import { PlayedWorker } from '../testing/played-workers.js';
import { RunningApi } from '../testing/running-api.js';
import type { SignallingClient } from '../testing/signalling-client.js';
import { until } from '../testing/until.js';

jest.setTimeout(90_000);

describe('media follow people into breakout rooms', () => {
  let api: RunningApi;
  let media: PlayedWorker;
  let meeting_id: string;
  let red: string;
  let ada: SignallingClient;
  let grace: SignallingClient;
  const ids: Record<string, string> = {};
  /** While above 0 the worker does not answer to who is where. */
  let deaf = 0;

  beforeAll(async () => {
    api = await RunningApi.start();
  });
  afterAll(async () => {
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });
  const play = () =>
    PlayedWorker.media(api.redis.redisUrl, {
      'rooms.apply': async () => {
        if (deaf-- > 0) throw new DomainError('MEDIA_UNAVAILABLE');
        return {};
      },
    });
  const known = (wanted: boolean) =>
    until(`a media worker ${wanted ? 'is' : 'is not'} known`, async () => {
      const { body } = await api.withToken().get<{ services: Record<string, string> }>('/health');
      return (body.services.media_worker === 'healthy') === wanted;
    });
  beforeEach(async () => {
    deaf = 0;
    media = await play();
    await known(true);
    meeting_id = await api.meeting('ada');
    [ada, grace] = [await api.connect('ada'), await api.connect('grace')];
    for (const [name, client] of Object.entries({ ada, grace })) {
      ids[name] = String((await client.do('join_meeting', { meeting_id })).your_participant_id);
    }
    await ada.do('get_router_capabilities', { meeting_id });
    const opened = await rest<{ data: { room_id: string }[] }>('', { room_count: 2 });
    red = opened.body.data[0]?.room_id ?? '';
  });
  afterEach(async () => {
    await api.as('ada').post(`/api/v1/meetings/${meeting_id}/end`);
    await until('the router is closed', () =>
      media.requests('router.close').some(request => request.meetingId === meeting_id),
    );
    await media.stop();
    await known(false);
  });

  const rest = <T>(path: string, body: object = {}) =>
    api.as('ada').post<T>(`/api/v1/meetings/${meeting_id}/breakout-rooms${path}`, body);
  const assign = (participant_user_id: string) =>
    rest('/assign', { participant_user_id, breakout_room_id: red });
  const told = (times: number) =>
    until('the worker is told', () => media.requests('rooms.apply').length >= times);

  it('each move is told to the worker, with where everybody is then', async () => {
    await assign('grace');
    await told(1);
    await rest('/return', { participant_user_id: 'grace' });
    await told(2);
    await assign('ada');
    await told(3);
    await api.as('ada').send(`/api/v1/meetings/${meeting_id}/breakout-rooms`, { method: 'DELETE' });
    await told(4);
    expect(media.requests('rooms.apply')).toEqual([
      { meetingId: meeting_id, rooms: { moves: 1, roomOf: { [String(ids.grace)]: red } } },
      { meetingId: meeting_id, rooms: { moves: 2, roomOf: {} } },
      { meetingId: meeting_id, rooms: { moves: 3, roomOf: { [String(ids.ada)]: red } } },
      { meetingId: meeting_id, rooms: { moves: 4, roomOf: {} } },
    ]);
  });

  it('whatever opens media or lets it flow brings along where everybody is', async () => {
    await assign('grace');
    const rooms = { moves: 1, roomOf: { [String(ids.grace)]: red } };
    await grace.do('get_router_capabilities', { meeting_id });
    const { transport_id } = await grace.do('create_transport', { meeting_id, direction: 'send' });
    const track = { kind: 'audio', source: 'microphone', rtp_parameters: {} };
    await grace.do('produce', { meeting_id, transport_id, ...track });
    await ada.do('consume', { meeting_id, transport_id, producer_id: 'unknown', rtp_capabilities: {} });
    expect(media.requests('router.open').at(-1)).toEqual({ meetingId: meeting_id, rooms });
    expect(media.requests('producer.create')).toMatchObject([{ rooms }]);
    expect(media.requests('consumer.create')).toMatchObject([{ rooms }]);
  });

  it('what is sent in another room is refused before the worker is asked', async () => {
    const { transport_id } = await grace.do('create_transport', { meeting_id, direction: 'send' });
    const track = { kind: 'audio', source: 'microphone', rtp_parameters: {} };
    const { producer_id } = await grace.do('produce', { meeting_id, transport_id, ...track });
    const consume = () => ada.ask('consume', { meeting_id, transport_id, producer_id, rtp_capabilities: {} });
    expect(await consume()).toMatchObject({ success: true });
    await assign('grace');
    expect(await consume()).toMatchObject({ success: false });
    expect(media.requests('consumer.create')).toHaveLength(1);
    await assign('ada');
    expect(await consume()).toMatchObject({ success: true });
  });

  it('a new worker is told as soon as the meeting is there, and by whoever opens it', async () => {
    await assign('grace');
    await told(1);
    const other = await play();
    await media.kill();
    media = other;
    await told(1);
    const rooms = { moves: 1, roomOf: { [String(ids.grace)]: red } };
    expect(media.requests('rooms.apply')[0]).toEqual({ meetingId: meeting_id, rooms });
    await ada.do('get_router_capabilities', { meeting_id });
    expect(media.requests('router.open')).toEqual([{ meetingId: meeting_id, rooms }]);
  });

  it('a worker that does not answer is told again until it does', async () => {
    deaf = 5;
    await assign('grace');
    await told(6);
    expect(media.requests('rooms.apply').at(-1)).toMatchObject({ rooms: { moves: 1 } });
  });
});

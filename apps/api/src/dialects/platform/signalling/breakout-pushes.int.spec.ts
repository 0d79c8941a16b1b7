import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { PlayedWorker } from '../../../testing/played-workers.js';
import { RunningApi } from '../../../testing/running-api.js';
import type { SignallingClient } from '../../../testing/signalling-client.js';
import { until } from '../../../testing/until.js';

jest.setTimeout(90_000);

type Tracks = { producer_id: string }[];

describe('the tracks of breakout rooms over signalling', () => {
  let api: RunningApi;
  let media: PlayedWorker;
  let meeting_id: string;
  let rooms: { room_id: string; name: string }[];
  let ada: SignallingClient;
  let grace: SignallingClient;
  let edsger: SignallingClient;
  const ids: Record<string, string> = {};
  const tracks: Record<string, string> = {};
  const all = (): SignallingClient[] => [ada, grace, edsger];

  beforeAll(async () => {
    api = await RunningApi.start();
    media = await PlayedWorker.media(api.redis.redisUrl);
    await until('a media worker is known', async () => {
      const { body } = await api.withToken().get<{ services: Record<string, string> }>('/health');
      return body.services.media_worker === 'healthy';
    });
  });
  afterAll(async () => {
    await media.stop();
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });
  beforeEach(async () => {
    meeting_id = await api.meeting('ada');
    [ada, grace, edsger] = [
      await api.connect('ada'),
      await api.connect('grace'),
      await api.connect('edsger'),
    ];
    for (const [name, client] of Object.entries({ ada, grace, edsger })) {
      ids[name] = String((await client.do('join_meeting', { meeting_id })).your_participant_id);
      tracks[name] = await produce(client);
    }
    await edsger.next('new_producer', push => push.producer_id === tracks.edsger);
  });
  afterEach(async () => {
    await api.as('ada').post(`/api/v1/meetings/${meeting_id}/end`);
    for (const client of all()) await client.close();
  });

  const produce = async (client: SignallingClient): Promise<string> => {
    const { transport_id } = await client.do('create_transport', { meeting_id, direction: 'send' });
    const track = { kind: 'audio', source: 'microphone', rtp_parameters: {} };
    return String((await client.do('produce', { meeting_id, transport_id, ...track })).producer_id);
  };
  const path = (rest = ''): string => `/api/v1/meetings/${meeting_id}/breakout-rooms${rest}`;
  const open = async (
    body: object = { room_count: 2, allow_participants_to_choose: true },
  ): Promise<void> => {
    const { body: answer } = await api.as('ada').post<{ data: typeof rooms }>(path(), body);
    rooms = answer.data;
  };
  const go = (userId: string, room = 0) => api.as(userId).post(path(`/${rooms[room]?.room_id}/join`), {});
  const goBack = (userId: string) => api.as(userId).post(path('/return'), {});
  const close = () => api.as('ada').send(path(), { method: 'DELETE' });
  const say = (client: SignallingClient, content: string) =>
    client.do('send_chat_message', { meeting_id, message: { type: 'text', content } });
  /** What was pushed before this has come to everybody, wherever they are. */
  const settle = async (): Promise<void> => {
    const content = `settled ${Math.random()}`;
    const isOpen = (await api.as('ada').get<{ data: unknown[] }>(path())).body.data.length > 0;
    if (isOpen) expect((await api.as('ada').post(path('/broadcast'), { content })).status).toBe(200);
    else await say(ada, content);
    for (const client of all()) await client.next('chat_message_received', push => push.content === content);
  };
  /** The tracks that a client which knows nothing of breakout rooms believes to be open. */
  const believed = (client: SignallingClient, joined: Tracks = []): string[] => {
    const open = new Set(joined.map(track => track.producer_id));
    for (const { name, payload } of client.pushes) {
      if (name === 'new_producer') {
        // Nobody is told twice of what is open.
        expect(open).not.toContain(payload.producer_id);
        open.add(String(payload.producer_id));
      }
      if (name === 'producer_closed') open.delete(String(payload.producer_id));
    }
    return [...open].sort();
  };
  const sorted = (...names: string[]): string[] => names.map(name => String(tracks[name])).sort();
  const first = (client: SignallingClient): Tracks => client.pushed('meeting_joined')[0]?.producers as Tracks;

  it('whoever moves is seen by all to be there, and is told the new room with what is sent in it', async () => {
    await open();
    await go('edsger');
    await go('grace');
    const room_id = rooms[0]?.room_id;
    for (const client of all()) {
      expect(
        await client.next(
          'participant_updated',
          push => push.user_id === 'grace' && push.breakout_room_id !== null,
        ),
      ).toMatchObject({ participant_id: ids.grace, breakout_room_id: room_id });
    }
    const track = (name: string) => ({
      producer_id: tracks[name],
      participant_id: ids[name],
      kind: 'audio',
      source: 'microphone',
    });
    const changed = await grace.next('breakout_room_changed');
    expect(changed.breakout_room_id).toBe(room_id);
    expect(changed.producers).toHaveLength(2);
    expect(changed.producers).toEqual(expect.arrayContaining([track('grace'), track('edsger')]));
    await goBack('grace');
    expect(await grace.next('breakout_room_changed', push => push.breakout_room_id === null)).toMatchObject({
      producers: expect.arrayContaining([track('ada'), track('grace')]),
    });
    await settle();
    expect(ada.pushed('breakout_room_changed')).toEqual([]);
    expect(grace.pushed('breakout_room_changed')).toHaveLength(2);
  });

  it('clients that know nothing of rooms have the tracks of their own room, and are told nothing twice', async () => {
    await open();
    await go('grace');
    await settle();
    expect(believed(grace, first(grace))).toEqual(sorted('grace'));
    expect(believed(ada, first(ada))).toEqual(sorted('ada', 'edsger'));
    await go('edsger');
    await settle();
    expect(believed(ada, first(ada))).toEqual(sorted('ada'));
    for (const client of [grace, edsger]) {
      expect(believed(client, first(client))).toEqual(sorted('grace', 'edsger'));
    }
    await go('edsger', 1);
    await goBack('grace');
    await settle();
    expect(believed(edsger, first(edsger))).toEqual(sorted('edsger'));
    expect(believed(grace, first(grace))).toEqual(sorted('ada', 'grace'));
    await close();
    await settle();
    for (const client of all()) {
      expect(believed(client, first(client))).toEqual(sorted('ada', 'grace', 'edsger'));
    }
  });

  it('a track that begins in a room is told to those in it alone; its end reaches whoever knew of it', async () => {
    await open();
    await go('grace');
    await go('edsger');
    const screen = await produce(grace);
    await edsger.next('new_producer', push => push.producer_id === screen);
    await settle();
    expect(ada.pushed('new_producer').map(push => push.producer_id)).not.toContain(screen);
    await media.tell({
      factId: `closed-${screen}`,
      type: 'ProducerClosed',
      meetingId: meeting_id,
      participantId: String(ids.grace),
      producerId: screen,
    });
    await edsger.next('producer_closed', push => push.producer_id === screen);
    await close();
    await settle();
    expect(believed(ada, first(ada))).toEqual(sorted('ada', 'grace', 'edsger'));
  });

  it('who joins anew is shown the tracks of the own room, and follows from there', async () => {
    await open();
    await go('grace');
    await go('edsger');
    const phone = await api.connect('grace');
    const joined = await phone.do('join_meeting', { meeting_id });
    expect((joined.producers as Tracks).map(track => track.producer_id).sort()).toEqual(
      sorted('edsger', 'grace'),
    );
    expect(joined.meeting_info).toMatchObject({
      participants: expect.arrayContaining([
        expect.objectContaining({ user_id: 'ada', breakout_room_id: null }),
        expect.objectContaining({ user_id: 'grace', breakout_room_id: rooms[0]?.room_id }),
      ]),
    });
    // Soon after a join, when what it has shown is not told again: what was closed and comes back is.
    await goBack('edsger');
    await go('edsger');
    await settle();
    expect(believed(phone, joined.producers as Tracks)).toEqual(sorted('edsger', 'grace'));
    expect(phone.pushed('producer_closed').map(push => push.producer_id)).toContain(tracks.edsger);
    await phone.close();
  });

  it('whoever joins while people move ends up with the tracks of the own room', async () => {
    await open();
    const moving = (async () => {
      for (let turn = 0; turn < 12; turn++) {
        await go('grace', turn % 2);
        if (turn % 3 === 0) await goBack('grace');
        await go('edsger', (turn + 1) % 2);
      }
      await goBack('grace');
    })();
    const comers: [SignallingClient, Tracks][] = [];
    for (let n = 0; n < 6; n++) {
      const comer = await api.connect(n % 2 ? 'grace' : `comer-${n}`);
      comers.push([comer, (await comer.do('join_meeting', { meeting_id })).producers as Tracks]);
    }
    await moving;
    await settle();
    const mark = await say(ada, 'that was all');
    for (const [comer, joined] of comers) {
      await comer.next('chat_message_received', push => push.message_id === mark.message_id);
      const open = new Set(joined.map(track => track.producer_id));
      for (const { name, payload } of comer.pushes) {
        if (name === 'new_producer') open.add(String(payload.producer_id));
        if (name === 'producer_closed') open.delete(String(payload.producer_id));
      }
      expect([...open].sort()).toEqual(sorted('ada', 'grace'));
      await comer.close();
    }
    expect(believed(edsger, first(edsger))).toEqual(sorted('edsger'));
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { PlayedWorker } from '../../testing/played-workers.js';
import { RawSocketClient } from '../../testing/raw-socket-client.js';
import { RunningApi } from '../../testing/running-api.js';
import type { SignallingClient } from '../../testing/signalling-client.js';
import { until } from '../../testing/until.js';
import { meetingSocketMessages } from './meeting-socket-messages.js';
import type { DocumentedMessage } from './message.js';
import { replayMessages } from './replay-messages.js';
import { signallingMessages } from './signalling-messages.js';

interface Said {
  readonly name: string;
  readonly payload: unknown;
}

/** What of these messages is not as the document says, and which of those in the document were never sent. */
const heldTo = (documented: readonly DocumentedMessage[], said: readonly Said[]) => {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  const schemas = new Map(
    documented
      .filter(({ from }) => from === 'server')
      .map(({ name, payload }) => [name, ajv.compile(payload)]),
  );
  const wrong = said.flatMap(({ name, payload }) => {
    const validate = schemas.get(name);
    if (!validate) return [`${name} is not in the document`];
    return validate(payload) ? [] : [`${name}: ${ajv.errorsText(validate.errors)}`];
  });
  const names = new Set(said.map(({ name }) => name));
  return { wrong, unsaid: [...schemas.keys()].filter(name => !names.has(name)) };
};

describe('what sockets say of a meeting in which everything happens', () => {
  let api: RunningApi;
  let workers: PlayedWorker[];
  let id: string;
  let rooms: { room_id: string }[];
  const raw: Record<string, RawSocketClient> = {};
  let signalling: SignallingClient;
  let replay: RawSocketClient;

  const rest = async (who: string, method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await api.as(who).send<{ data: unknown }>(`/api/v1/meetings/${id}/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body.data;
  };
  const open = (who: string, path: string): Promise<RawSocketClient> =>
    RawSocketClient.connect(`${api.address.replace('http', 'ws')}${path}`, {
      headers: { authorization: `Bearer ${api.token(who)}` },
    });
  const says = async (who: string, type: string, data: object): Promise<void> => {
    const answer = await raw[who]?.ask({ type, data });
    if (answer?.type !== 'ack' && answer?.type !== 'pong') throw new Error(JSON.stringify(answer));
  };

  beforeAll(async () => {
    api = await RunningApi.start({ PARLEY_RATE_LIMITS: 'off' });
    workers = await Promise.all([
      PlayedWorker.media(api.config.redisUrl),
      PlayedWorker.recorder(api.config.redisUrl),
    ]);
    id = await api.meeting('ada', { waiting_room_enabled: true }, false);
    for (const who of ['ada', 'grace', 'linus']) raw[who] = await open(who, `/ws/meetings/${id}`);
    await rest('ada', 'POST', 'start');
    await rest('ada', 'POST', 'join', {});
    signalling = await api.connect('ada');
    await signalling.do('join_meeting', { meeting_id: id });

    await says('linus', 'join', {});
    await rest('ada', 'POST', 'waiting-room/linus/deny');
    await says('grace', 'join', { device_info: { device_type: 'desktop', browser_info: 'x' } });
    await rest('ada', 'POST', 'waiting-room/grace/admit');
    await until(
      'grace is in',
      async () => ((await rest('ada', 'GET', 'participants')) as object[]).length === 2,
    );

    await says('grace', 'participant_update', { is_muted: true });
    // It shows who is in when it is pushed: nobody is, if that is after the end.
    await signalling.next('participant_updated');
    await says('grace', 'hand_raise', { is_hand_raised: true });
    await says('grace', 'reaction', { reaction_type: 'thumbs_up', duration: 1.5 });
    await says('grace', 'chat', { content: 'Hello' });
    await says('grace', 'chat', { content: 'Only you', recipient_id: 'ada' });
    await says('grace', 'ping', {});
    const file = { message_type: 'file', file_url: 'https://example.org/a.pdf', file_name: 'a.pdf' };
    await rest('grace', 'POST', 'chat', { content: 'A file', ...file });
    raw.grace?.send({ type: 'nonsense' });
    await rest('ada', 'PUT', 'participants/grace/role', { role: 'co-host' });
    await rest('ada', 'POST', 'security/policy', { lock_meeting: true, chat_permissions: 'host' });
    await rest('ada', 'POST', 'recording/start');
    await rest('ada', 'POST', 'recording/stop');

    rooms = (await rest('ada', 'POST', 'breakout-rooms', {
      room_count: 2,
      rooms: [{ name: 'One', capacity: 5, description: 'x' }],
      allow_participants_to_choose: true,
    })) as typeof rooms;
    await rest('grace', 'POST', `breakout-rooms/${rooms[0]?.room_id}/join`);
    await rest('grace', 'POST', 'chat', { content: 'In here' });
    await rest('ada', 'POST', 'breakout-rooms/broadcast', { content: 'To all' });
    await rest('grace', 'POST', 'breakout-rooms/return', {});
    await rest('ada', 'DELETE', 'breakout-rooms');
    await rest('ada', 'PUT', 'participants/grace/role', { role: 'host' });
    await rest('ada', 'POST', 'leave');
    await rest('grace', 'POST', 'end');
    for (const who of ['ada', 'grace', 'linus'])
      await raw[who]?.next('the end', push => push.type === 'meeting_ended');

    replay = await open('grace', `/api/v1/meetings/${id}/replay`);
    for (const message of [
      { type: 'play', speed: 1.5 },
      { type: 'pause' },
      { type: 'step', count: 2 },
      { type: 'seek', to: { index: 3 } },
      { type: 'ping' },
      { type: 'nonsense' },
      { type: 'step', count: 1000 },
    ]) {
      await replay.ask(message);
    }
  }, 180_000);
  afterAll(async () => {
    await Promise.all([...Object.values(raw), replay].map(socket => socket.close()));
    for (const worker of workers) await worker.stop();
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });

  it('over the meeting socket is what the AsyncAPI document says', () => {
    const said = Object.values(raw).flatMap(socket =>
      socket.received.map(message => ({ name: message.type, payload: message })),
    );
    expect(heldTo(meetingSocketMessages(), said)).toEqual({
      wrong: [],
      // No worker died, nothing was cancelled, and the rooms had no time limit.
      unsaid: ['meeting_started', 'meeting_cancelled', 'breakout_rooms_closing', 'media_restarted'].filter(
        name => !said.some(one => one.name === name),
      ),
    });
  });

  it('over Socket.IO is what the AsyncAPI document says', async () => {
    for (const name of ['chat_message_received', 'participant_updated', 'breakout_rooms_opened', 'reaction'])
      await signalling.next(name);
    const said = signalling.pushes.map(({ name, payload }) => ({ name, payload }));
    expect(heldTo(signallingMessages(), said).wrong).toEqual([]);
  });

  it('over the replay socket is what the AsyncAPI document says', () => {
    const said = replay.received.map(message => ({ name: message.type, payload: message }));
    expect(heldTo(replayMessages(), said)).toEqual({ wrong: [], unsaid: [] });
  });

  it('a message that is not in the document does not exist, and the refusal names those that do', () => {
    const names = meetingSocketMessages()
      .filter(({ from }) => from === 'client')
      .map(({ name }) => name);
    const refusals = raw.grace?.of('error').map(({ data }) => data);
    expect(refusals).toMatchObject([{ details: { type: expect.stringMatching(/^must be /) } }]);
    const [refusal] = refusals as [{ details: { type: string } }];
    const list = refusal.details.type.replace('must be ', '');
    expect(list.split(/, | or /).sort()).toEqual(names.sort());
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { shownEvent } from '#libs/domain';
import { readMeeting } from '#libs/event-log';
import { ulid } from 'ulid';
import type { ClientOptions } from 'ws';
import { RawSocketClient, type UpgradeRefused } from '../../../testing/raw-socket-client.js';
import { created, ended, said, started, tell, timeOf } from '../../../testing/told-meeting.js';
import { until } from '../../../testing/until.js';
import { count, end, indexes, Replays, say, seconds } from './replays-for-tests.js';

describe('the replay of a meeting over a WebSocket', () => {
  let replays: Replays;
  beforeAll(async () => {
    replays = await Replays.start();
  }, 90_000);
  afterEach(() => replays.clear());
  afterAll(() => replays.stop());

  describe('who may see it', () => {
    let id: string;
    beforeAll(async () => {
      id = await replays.told(say(2), end(3));
    });

    it.each<[string, string, string[]]>([
      ['the host', 'ada', []],
      ['an analyst', 'mary', ['analyst']],
      ['an administrator', 'root', ['admin']],
    ])('%s: told first what there is', async (_who, userId, roles) => {
      const client = await replays.open(id, replays.as(userId, roles));
      expect(await client.next('ready', ({ type }) => type === 'ready')).toEqual({
        type: 'ready',
        meetingId: id,
        events: 4,
        firstTime: timeOf(0),
        lastTime: timeOf(3),
        durationMs: 3000,
        live: false,
      });
    });

    it.each<[string, () => string, () => ClientOptions, number, string]>([
      ['no token', () => id, () => ({}), 401, 'INVALID_TOKEN'],
      ['a wrong token', () => id, () => ({ headers: { authorization: 'Bearer x' } }), 401, 'INVALID_TOKEN'],
      ['somebody else', () => id, () => replays.as('grace'), 403, 'INSUFFICIENT_PERMISSIONS'],
      ['a guest', () => id, () => replays.as('guest-1', ['guest']), 403, 'INSUFFICIENT_PERMISSIONS'],
      ['no such meeting', () => 'none', () => replays.as('mary', ['analyst']), 404, 'MEETING_NOT_FOUND'],
      ['no possible id', () => 'a%2Fb', () => replays.as('mary', ['analyst']), 404, 'MEETING_NOT_FOUND'],
      [
        'a page of another server',
        () => id,
        () => replays.as('ada', [], { origin: 'https://evil.example.com' }),
        403,
        'INSUFFICIENT_PERMISSIONS',
      ],
    ])('%s is refused by HTTP before there is a socket', async (_what, meeting, options, status, code) => {
      expect(await replays.refusal(meeting(), options())).toMatchObject({
        status,
        body: { error: { code, message: expect.any(String), request_id: expect.stringMatching(/^req_/) } },
      });
    });

    it('a browser may give the token in the address, of which the log knows nothing', async () => {
      const token = replays.api.token('ada');
      const origin = 'https://meet.example.org';
      const client = await RawSocketClient.connect(`${replays.url(id)}?access_token=${token}`, { origin });
      await client.next('ready', ({ type }) => type === 'ready');
      await client.close();
      const line = replays.api.log.lines.find(one => one.status === 101 && one.id === id);
      expect(line).toMatchObject({ route: '/api/v1/meetings/:id/replay', method: 'GET', msg: 'request' });
      expect(JSON.stringify(replays.api.log.lines)).not.toMatch(/access_token|eyJ/);
    });

    it('one user has ten replays at most; a closed one makes room', async () => {
      const mary = replays.as('mary', ['analyst']);
      const asked = await Promise.allSettled(Array.from({ length: 13 }, () => replays.open(id, mary)));
      const ten = asked.flatMap(one => (one.status === 'fulfilled' ? one.value : []));
      const refused = asked.flatMap(one => (one.status === 'rejected' ? [one.reason as UpgradeRefused] : []));
      expect([ten.length, refused.map(({ status }) => status)]).toEqual([10, [429, 429, 429]]);
      await replays.open(id, replays.as('root', ['admin']));
      await ten[0]!.close();
      await until('there is room', () =>
        replays.open(id, mary).then(
          () => true,
          () => false,
        ),
      );
    });
  });

  describe('what is shown', () => {
    it('is every event in order, as REST shows it to the same user: no private message of others, no password hash', async () => {
      const id = await replays.api.meeting('ada', { require_password: true, password: 'open sesame' });
      for (const userId of ['ada', 'grace', 'edsger']) {
        await replays.api.as(userId).post(`/api/v1/meetings/${id}/join`, { password: 'open sesame' });
      }
      await replays.api.as('grace').put(`/api/v1/meetings/${id}/participants/status`, { is_muted: true });
      await replays.api
        .as('grace')
        .post(`/api/v1/meetings/${id}/chat`, { content: 'psst', recipient_id: 'edsger' });
      await replays.api
        .as('ada')
        .post(`/api/v1/meetings/${id}/chat`, { content: 'mine', recipient_id: 'edsger' });
      await replays.api.as('ada').post(`/api/v1/meetings/${id}/end`);
      const all = await readMeeting(replays.log, id);
      for (const [userId, roles, hidden] of [
        ['ada', [], /psst|scrypt|open sesame/],
        ['mary', ['analyst'], /psst|mine|scrypt|open sesame/],
      ] as [string, string[], RegExp][]) {
        const client = await replays.open(id, replays.as(userId, roles));
        client.send({ type: 'play', speed: 1000 });
        await client.next('the end', ({ type }) => type === 'ended');
        const shown = all.flatMap(event => shownEvent(event, userId) ?? []);
        expect(client.of('event').map(({ event }) => event)).toEqual(JSON.parse(JSON.stringify(shown)));
        expect(indexes(client)).toEqual(shown.map((_event, index) => index));
        await client.ask({ type: 'state' });
        expect(JSON.stringify(client.received)).not.toMatch(hidden);
        expect(client.of('ended')).toMatchObject([{ index: shown.length, live: false, following: false }]);
      }
    });

    it('the state shows the last 100 messages and says how many there are', async () => {
      const id = await replays.told(...Array.from({ length: 150 }, (_one, i) => say(2, `message ${i}`)));
      const client = await replays.open(id);
      const { state } = (await client.ask({ type: 'seek', to: { index: 152 } })) as unknown as {
        state: { chat: { count: number; messages: { content: string }[] } };
      };
      expect(state.chat.count).toBe(150);
      expect(state.chat.messages.map(({ content }) => content)).toEqual(
        Array.from({ length: 100 }, (_one, i) => `message ${i + 50}`),
      );
    });
  });

  describe('a meeting that runs', () => {
    const live = async (): Promise<string> => replays.told(say(10));

    it('has an end for now', async () => {
      const client = await replays.open(await live());
      await client.ask({ type: 'seek', to: { index: 3 } });
      client.send({ type: 'play' });
      expect(await client.next('the end', ({ type }) => type === 'ended')).toMatchObject({
        live: true,
        following: false,
      });
      expect(await client.ask({ type: 'state' })).toMatchObject({ playing: false });
    });

    it('is followed where that is asked, from its beginning to its end without gap or repeat', async () => {
      const id = await live();
      const other = await live();
      const client = await replays.open(id);
      // What happens between the opening and the following is not missed.
      await tell(replays.log, id, [said(id, 11, 'early')]);
      client.send({ type: 'play', speed: 1000, follow: true });
      await client.next('the end for now', ({ type, live }) => type === 'ended' && live === true);
      await tell(replays.log, other, [said(other, 12, 'elsewhere')]);
      await tell(replays.log, id, [
        said(id, 4000, 'psst', 'edsger'),
        said(id, 5000, 'late'),
        { stream: 'participant-p1', type: 'HandRaised', second: 5001, data: { participantId: 'p1' } },
        ended(6000),
      ]);
      expect(
        await client.next('the end', ({ type, live }) => type === 'ended' && live === false),
      ).toMatchObject({ following: true, index: 7 });
      expect(seconds(client)).toEqual([0, 1, 10, 11, 5000, 5001, 6000]);
      expect(indexes(client)).toEqual([0, 1, 2, 3, 4, 5, 6]);
      expect(JSON.stringify(client.received)).not.toMatch(/psst|elsewhere/);
    });
  });

  it('20,000 events arrive in order at a reader that stops in between, and the server answers others meanwhile', async () => {
    const many = 20_000;
    const padding = 'x'.repeat(300);
    const id = ulid();
    await tell(replays.log, id, [
      created(id),
      started,
      ...Array.from({ length: many }, (_one, i) => said(id, 2, `${i} ${padding}`)),
      ended(3),
    ]);
    const client = await replays.open(id);
    client.send({ type: 'play', speed: 1000 });
    await count(client, 1);
    client.socket.pause();
    // Whoever asks for much and reads nothing makes the replay wait.
    for (let ask = 0; ask < 100; ask += 1) client.send({ type: 'state' });
    const other = await replays.open(id, replays.as('mary', ['analyst']));
    expect(await other.ask({ type: 'ping' })).toMatchObject({ type: 'pong' });
    expect(client.of('event').length).toBeLessThan(many);
    client.socket.resume();
    await until('the end', () => client.of('ended').length > 0, 60_000);
    expect(indexes(client)).toEqual(Array.from({ length: many + 3 }, (_one, index) => index));
  }, 120_000);

  it('ends with 1012 when a user is erased, and shows [erased] when it is opened again', async () => {
    const id = await replays.api.meeting('ada');
    for (const userId of ['ada', 'grace']) await replays.api.as(userId).post(`/api/v1/meetings/${id}/join`);
    await replays.api.as('grace').post(`/api/v1/meetings/${id}/chat`, { content: 'remember me' });
    const [idle, asking] = [await replays.open(id), await replays.open(id)];
    asking.send({ type: 'step', count: 1000 });
    await asking.next('the end', ({ type }) => type === 'ended');
    expect(JSON.stringify(asking.received)).toContain('remember me');
    const told = asking.received.length;
    expect((await replays.api.as('grace').send('/api/v1/users/grace', { method: 'DELETE' })).status).toBe(
      204,
    );
    asking.send({ type: 'state' });
    expect([(await asking.end()).code, (await idle.end()).code]).toEqual([1012, 1012]);
    expect(asking.received).toHaveLength(told);
    const again = await replays.open(id);
    again.send({ type: 'step', count: 1000 });
    await again.next('the end', ({ type }) => type === 'ended');
    expect(JSON.stringify(again.received)).not.toContain('remember me');
    expect(JSON.stringify(again.received)).toContain('[erased]');
  });

  it('open replays do not hold up the end of the server, and are told of it with 1001', async () => {
    const id = await replays.told(say(10_000), end(10_001));
    const client = await RawSocketClient.connect(replays.url(id), replays.as('ada'));
    const following = await RawSocketClient.connect(replays.url(await replays.told()), replays.as('ada'));
    client.send({ type: 'play' });
    following.send({ type: 'play', follow: true });
    await count(client, 1);
    await following.next('the end for now', ({ type }) => type === 'ended');
    await replays.api.close();
    expect([(await client.end()).code, (await following.end()).code]).toEqual([1001, 1001]);
    await replays.api.open();
    await replays.open(id);
  });
});

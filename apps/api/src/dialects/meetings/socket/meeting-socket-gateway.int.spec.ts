import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { jwtSecret } from '#libs/config';
import { Participant, streamOf } from '#libs/domain';
import type { EventLog } from '#libs/event-log';
import jwt from 'jsonwebtoken';
import type { ClientOptions } from 'ws';
import { EVENT_LOG } from '../../../platform/log-follower.js';
import { RawSocketClient } from '../../../testing/raw-socket-client.js';
import { until } from '../../../testing/until.js';
import { MeetingSockets, pushed, pushes } from './meeting-sockets-for-tests.js';

describe('a socket at a meeting', () => {
  let sockets: MeetingSockets;
  beforeAll(async () => {
    sockets = await MeetingSockets.start();
  }, 60_000);
  afterEach(() => sockets.clear());
  afterAll(() => sockets.stop());

  describe('is let in or not by plain HTTP', () => {
    let id: string;
    beforeAll(async () => {
      id = await sockets.api.meeting('ada');
    });

    it.each<[string, () => Promise<string>, () => ClientOptions, string, number, string]>([
      ['without a token', async () => id, () => ({}), '', 401, 'INVALID_TOKEN'],
      [
        'with a wrong token',
        async () => id,
        () => ({ headers: { authorization: 'Bearer x' } }),
        '',
        401,
        'INVALID_TOKEN',
      ],
      ['with a wrong token in the query', async () => id, () => ({}), '?token=x', 401, 'INVALID_TOKEN'],
      ['to no meeting', async () => 'none', () => sockets.as('ada'), '', 404, 'MEETING_NOT_FOUND'],
      ['to no possible meeting', async () => 'a%2Fb', () => sockets.as('ada'), '', 404, 'MEETING_NOT_FOUND'],
      [
        'to an ended meeting',
        async () => {
          const ended = await sockets.api.meeting('ada');
          await sockets.rest('ada', 'post', `${ended}/end`);
          return ended;
        },
        () => sockets.as('ada'),
        '',
        410,
        'MEETING_ENDED',
      ],
      [
        'from a page of another server',
        async () => id,
        () => sockets.as('ada', [], { origin: 'https://evil.example.com' }),
        '',
        403,
        'INSUFFICIENT_PERMISSION',
      ],
      [
        'from the future',
        async () => id,
        () => sockets.as('ada'),
        '?last_position=999999999',
        400,
        'VALIDATION_FAILED',
      ],
      [
        'from no position',
        async () => id,
        () => sockets.as('ada'),
        '?last_position=now',
        400,
        'VALIDATION_FAILED',
      ],
    ])('%s: refused in the format of the document', async (_what, meeting, options, query, status, code) => {
      expect(await sockets.refusal(await meeting(), options(), query)).toMatchObject({
        status,
        body: {
          status: 'error',
          code,
          message: expect.any(String),
          details: { request_id: expect.stringMatching(/^req_/) },
          timestamp: expect.any(String),
        },
      });
    });

    it('by the token in the header or in the query, of which the log knows nothing', async () => {
      const token = sockets.api.token('grace');
      for (const [query, options] of [
        ['', { headers: { authorization: `Bearer ${token}` } }],
        [`?token=${token}`, { origin: 'https://meet.example.org' }],
        [`?access_token=${token}`, {}],
      ] as const) {
        const client = await RawSocketClient.connect(sockets.url(id, query), options);
        expect(await client.next('a greeting', () => true)).toEqual({
          type: 'connected',
          meeting_id: id,
          user_id: 'grace',
          data: {
            connection_id: expect.stringMatching(/^conn_/),
            position: expect.any(Number),
            is_in_meeting: false,
          },
          timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
        });
        await client.close();
      }
      expect(JSON.stringify(sockets.api.log.lines)).not.toMatch(/token=|eyJ/);
    });

    it('ten times for one user and meeting at most; a closed one makes room', async () => {
      const ten = await Promise.all(Array.from({ length: 10 }, () => sockets.open('grace', id)));
      expect(await sockets.refusal(id, sockets.as('grace'))).toMatchObject({
        status: 429,
        body: { code: 'RATE_LIMIT_EXCEEDED', details: { limit: 10 } },
      });
      await sockets.open('edsger', id);
      await ten[0]!.close();
      await until('there is room', () =>
        sockets.open('grace', id).then(
          () => true,
          () => false,
        ),
      );
    });
  });

  it('that sends more than 64 KiB is closed with 1009, one that sends as much is answered', async () => {
    const client = await sockets.open('ada', await sockets.api.meeting('ada'));
    const message = (bytes: number): string => {
      const padding = bytes - JSON.stringify({ type: 'ping', data: { x: '' } }).length;
      return JSON.stringify({ type: 'ping', data: { x: 'x'.repeat(padding) } });
    };
    client.socket.send(message(64 * 1024));
    await client.next('a pong', ({ type }) => type === 'pong');
    client.socket.send(message(64 * 1024 + 1));
    expect((await client.end()).code).toBe(1009);
  });

  it('is told what is wrong with a message, stays open, and nothing has happened', async () => {
    const id = await sockets.api.meeting('ada');
    const client = await sockets.join('ada', id);
    const before = client.received.length;
    for (const text of [
      '',
      'x',
      '[]',
      '{"type":"dance"}',
      '{"type":"chat","data":{"content":7}}',
      '{"type":"ping","user_id":"x"}',
    ])
      client.socket.send(text);
    client.socket.send(Buffer.from('{"type":"ping"}'), { binary: true });
    client.socket.send(`{"type":"join","data":${'{"device_info":'.repeat(4000)}1${'}'.repeat(4000)}}`);
    const answer = await client.ask({ type: 'dance' });
    expect(answer).toEqual({
      type: 'error',
      id: answer.id,
      meeting_id: id,
      user_id: 'ada',
      data: {
        code: 'VALIDATION_FAILED',
        message: expect.stringContaining('type'),
        details: {
          type: expect.stringContaining('participant_update'),
          request_id: expect.stringMatching(/^req_/),
        },
      },
      timestamp: expect.any(String),
    });
    const errors = client.received.slice(before, -1) as unknown as {
      type: string;
      data: { details: object };
    }[];
    expect(errors.map(({ type, data }) => [type, Object.keys(data.details)[0]])).toEqual(
      ['frame', 'frame', 'frame', 'type', 'data.content', 'user_id', 'frame', 'frame'].map(field => [
        'error',
        field,
      ]),
    );
    expect(await client.ask({ type: 'ping' })).toMatchObject({ type: 'pong' });
  });

  it('that does not read is cut off; all others get everything', async () => {
    const id = await sockets.api.meeting('ada');
    const [ada, grace] = [await sockets.join('ada', id), await sockets.join('grace', id)];
    grace.socket.pause();
    const content = 'x'.repeat(10_000);
    let sent = 0;
    // What the network keeps for a reader depends on the system: until it is full, and the limit behind it.
    while (
      sent < 900 &&
      sockets.api.log.lines.every(({ msg }) => !String(msg).includes('reads too slowly'))
    ) {
      await Promise.all(Array.from({ length: 10 }, () => ada.ask({ type: 'chat', data: { content } })));
      sent += 10;
    }
    expect(sent).toBeLessThan(900);
    await until('ada has all', () => ada.of('chat').length === sent);
    grace.socket.resume();
    expect((await grace.end()).code).toBe(1006);
    expect(grace.of('chat').length).toBeLessThan(sent);
    // What she missed waits for her.
    const last = pushes(grace).at(-1)!.position;
    const again = await sockets.open('grace', id, `?last_position=${last}`);
    await until('she has all', () => again.of('chat').length + grace.of('chat').length === sent);
  }, 180_000);

  describe('of one who has a seat', () => {
    const connections = async (participantId: string): Promise<number> => {
      let open = 0;
      const log = sockets.api.part<EventLog>(EVENT_LOG);
      for await (const { type } of log.readStream(streamOf(Participant, participantId))) {
        if (type === 'ParticipantConnected') open += 1;
        if (type === 'ParticipantDisconnected') open -= 1;
      }
      return open;
    };
    const seatOf = async (userId: string, id: string): Promise<string | undefined> => {
      const { body } = await sockets.api
        .as('ada')
        .get<{ data: { user_id: string; participant_id: string }[] }>(`/api/v1/meetings/${id}/participants`);
      return body.data.find(one => one.user_id === userId)?.participant_id;
    };

    it('is a device of it from the beginning, and gets pushes at once', async () => {
      const id = await sockets.api.meeting('ada');
      await sockets.rest('grace', 'post', `${id}/join`);
      const grace = await sockets.open('grace', id);
      expect(grace.received[0]).toMatchObject({ data: { is_in_meeting: true } });
      const seat = (await seatOf('grace', id))!;
      expect(await connections(seat)).toBe(1);
      await sockets.rest('ada', 'post', `${id}/join`);
      await pushed(grace, 'join', 'ada');
    });

    it('becomes a device of it when the user joins by other means', async () => {
      const id = await sockets.api.meeting('ada');
      const grace = await sockets.open('grace', id);
      await sockets.rest('grace', 'post', `${id}/join`);
      await pushed(grace, 'join', 'grace');
      const seat = (await seatOf('grace', id))!;
      await until('the device', async () => (await connections(seat)) === 1);
    });

    it('keeps the seat for the grace period when it closes, and gives it up afterwards', async () => {
      const id = await sockets.api.meeting('ada');
      const ada = await sockets.join('ada', id);
      const grace = await sockets.join('grace', id);
      const seat = (await seatOf('grace', id))!;
      grace.socket.terminate();
      await until('the device is gone', async () => (await connections(seat)) === 0);
      const again = await sockets.open('grace', id, `?last_position=${pushes(grace).at(-1)!.position}`);
      expect(again.received[0]).toMatchObject({ data: { is_in_meeting: true } });
      expect(await seatOf('grace', id)).toBe(seat);
      // From here on the period is a short one.
      const period = jest.replaceProperty(sockets.api.config, 'disconnectGraceSeconds', 1);
      again.socket.terminate();
      expect((await pushed(ada, 'leave', 'grace')).data).toMatchObject({ reason: 'disconnected' });
      period.restore();
    });
  });

  it('is closed with 1000 after the end of the meeting, also of one who is not in', async () => {
    const id = await sockets.api.meeting('ada');
    const all = [
      await sockets.join('ada', id),
      await sockets.join('grace', id),
      await sockets.open('edsger', id),
    ];
    await sockets.rest('ada', 'post', `${id}/end`);
    for (const client of all) {
      expect((await client.end()).code).toBe(1000);
      expect(pushes(client).at(-1)).toMatchObject({
        type: 'meeting_ended',
        user_id: 'ada',
        data: { ended_by: 'ada', duration_minutes: 0 },
      });
      expect(client.of('leave')).toEqual([]);
    }
  });

  it('is closed with 1008 when its token expires', async () => {
    const id = await sockets.api.meeting('ada');
    const exp = Math.floor(Date.now() / 1000) + 5;
    const token = jwt.sign({ sub: 'grace', exp }, jwtSecret(sockets.api.config));
    const client = await RawSocketClient.connect(sockets.url(id, `?token=${token}`));
    expect((await client.end()).code).toBe(1008);
    expect(Date.now()).toBeGreaterThanOrEqual(exp * 1000);
    expect(await sockets.refusal(id, {}, `?token=${token}`)).toMatchObject({ status: 401 });
    // Longer than a timer can wait.
    const long = jwt.sign({ sub: 'grace' }, jwtSecret(sockets.api.config), { expiresIn: '90d' });
    const stays = await RawSocketClient.connect(sockets.url(id, `?token=${long}`));
    expect(await stays.ask({ type: 'ping' })).toMatchObject({ type: 'pong' });
    await stays.close();
  });

  it('hears of the start of a meeting that it waits for', async () => {
    const id = await sockets.api.meeting('ada', {}, false);
    const grace = await sockets.open('grace', id);
    await sockets.rest('ada', 'post', `${id}/start`);
    expect((await pushed(grace, 'meeting_started')).data).toMatchObject({ started_by: 'ada' });
  });

  it('whose request for it is half a request harms nobody', async () => {
    const id = await sockets.api.meeting('ada');
    const { host, hostname, port } = new URL(sockets.api.address);
    const token = sockets.api.token('grace');
    const raw = connect(Number(port), hostname).on('error', () => undefined);
    raw.write(
      `GET /ws/meetings/${id}?token=${token} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n`,
    );
    const answer = await new Promise<string>(resolve => raw.once('data', data => resolve(data.toString())));
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    raw.destroy();
    await Promise.all(Array.from({ length: 10 }, () => sockets.open('grace', id)));
  });

  it('does not hold up the end of the server, is told of it with 1001, and goes on where it left off', async () => {
    const id = await sockets.api.meeting('ada');
    const [ada, grace] = [await sockets.join('ada', id), await sockets.join('grace', id)];
    await ada.ask({ type: 'chat', data: { content: 'before' } });
    const { position } = await pushed(grace, 'chat');
    await sockets.api.close();
    expect((await grace.end()).code).toBe(1001);
    await sockets.api.open();
    const again = await sockets.open('ada', id);
    await again.ask({ type: 'chat', data: { content: 'after' } });
    const back = await sockets.open('grace', id, `?last_position=${position}`);
    expect((await pushed(back, 'chat')).data).toMatchObject({ content: 'after' });
    expect(pushes(back).map(({ type }) => type)).toEqual(['chat']);
  }, 90_000);
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningApi } from '../../../testing/running-api.js';
import { expectAsDocumented } from './as-documented.js';
import * as examples from './documented-examples.js';
import type { DocumentedRoute } from './documented-examples.js';

interface Body {
  readonly status: string;
  readonly message: string;
  readonly code?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly data: unknown;
}

const LIVEKIT = {
  PARLEY_LIVEKIT_URL: 'wss://livekit.example.com',
  PARLEY_LIVEKIT_API_KEY: 'APIconformance',
  PARLEY_LIVEKIT_API_SECRET: 'a secret that is long enough for HS256',
};

let api: RunningApi;

const call = (userId: string, meetingId: string, { method, path, body }: DocumentedRoute) =>
  api.as(userId, { name: 'John Doe' }).send<Body>(`/api/v1/meetings/${meetingId}/${path}`, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });

/** Asks as the document does and holds the answer to its example. */
const conforms = async (userId: string, meetingId: string, route: DocumentedRoute) => {
  const { status, body } = await call(userId, meetingId, route);
  expect([route.path, status, body.message]).toEqual([
    route.path,
    200,
    (route.answer as { message: string }).message,
  ]);
  expect(body.status).toBe('success');
  expectAsDocumented(route.answer, body);
  return body.data;
};

const serve = (env: Record<string, string>): void => {
  beforeAll(async () => {
    api = await RunningApi.start(env);
  }, 60_000);
  afterAll(async () => {
    await api.stop();
    // The document's own 500: there is no LiveKit.
    expect(api.log.errors.filter(line => line.route !== '/api/v1/meetings/:id/token')).toEqual([]);
  });
};

describe('the meetings document, where there is a LiveKit server', () => {
  serve(LIVEKIT);

  it('a LiveKit token is answered as in its example', async () => {
    const id = await api.meeting('ada');
    await call('grace', id, examples.JOIN);
    expect(await conforms('grace', id, examples.token('grace'))).toMatchObject({
      meeting_id: id,
      user_id: 'grace',
      user_name: 'John Doe',
      is_host: false,
      livekit_url: 'wss://livekit.example.com',
    });
  });
});

describe('the meetings document', () => {
  serve({});

  describe('every other route answers its own example', () => {
    it('start, status, end', async () => {
      const id = await api.meeting('ada', {}, false);
      expect(await conforms('ada', id, examples.START)).toMatchObject({ meeting_id: id, started_by: 'ada' });
      expect(await conforms('ada', id, examples.STATUS)).toMatchObject({
        status: 'in_progress',
        is_active: true,
        ended_at: null,
      });
      expect(await conforms('ada', id, examples.END)).toMatchObject({ ended_by: 'ada', duration_minutes: 0 });
    });

    it('join, participants, status of one’s own, leave', async () => {
      const id = await api.meeting('ada');
      expect(await conforms('grace', id, examples.JOIN)).toMatchObject({
        user_id: 'grace',
        role: 'attendee',
        status: 'joined',
        is_muted: true,
        is_video_enabled: true,
      });
      await call('ada', id, examples.JOIN);
      expect(await conforms('grace', id, examples.PARTICIPANTS)).toMatchObject([
        { user_id: 'grace', user_name: 'John Doe', device_type: 'desktop' },
        { user_id: 'ada', role: 'host' },
      ]);
      expect(await conforms('grace', id, examples.UPDATE_STATUS)).toEqual(examples.UPDATE_STATUS.body);
      expect(await conforms('grace', id, examples.LEAVE)).toMatchObject({ meeting_id: id });
    });

    it('chat', async () => {
      const id = await api.meeting('ada');
      await call('grace', id, examples.JOIN);
      const sent = await conforms('grace', id, examples.SEND_MESSAGE);
      expect(sent).toMatchObject({ sender_id: 'grace', content: 'Hello everyone!', is_private: false });
      expect(await conforms('grace', id, examples.CHAT_HISTORY)).toEqual([sent]);
    });

    it('breakout rooms', async () => {
      const id = await api.meeting('ada');
      for (const userId of ['ada', 'grace']) await call(userId, id, examples.JOIN);
      const rooms = (await conforms('ada', id, {
        ...examples.CREATE_BREAKOUT_ROOMS,
        // The rooms that only room_count asks for have neither description nor capacity.
        answer: { ...examples.CREATE_BREAKOUT_ROOMS.answer, data: [] },
      })) as { room_id: string }[];
      expect(rooms).toHaveLength(3);
      const { data } = examples.CREATE_BREAKOUT_ROOMS.answer as { data: object[] };
      expectAsDocumented(data[0], rooms[0]);
      expect(rooms[0]).toMatchObject({ name: 'Breakout Room 1', capacity: 5, current_participants: 0 });
      await conforms('ada', id, examples.assignBreakoutRoom('grace', rooms[0]!.room_id));
    });

    it('security policy', async () => {
      const id = await api.meeting('ada');
      expect(await conforms('ada', id, examples.SECURITY_POLICY)).toBeNull();
    });
  });

  describe('every code of the error table is given with its status', () => {
    const policy = (changes: object): DocumentedRoute => ({
      ...examples.SECURITY_POLICY,
      body: changes,
    });
    const running = async (userIds: readonly string[] = [], settings: object = {}): Promise<string> => {
      const id = await api.meeting('ada', settings);
      for (const userId of userIds) await call(userId, id, examples.JOIN);
      return id;
    };
    const provoked: Readonly<Record<string, () => ReturnType<typeof call>>> = {
      MEETING_NOT_FOUND: () => call('ada', '01HXYZ123456789ABCDEFGHIJK', examples.START),
      MEETING_ALREADY_ACTIVE: async () => call('ada', await running(), examples.START),
      MEETING_NOT_ACTIVE: async () => call('ada', await api.meeting('ada', {}, false), examples.END),
      MEETING_ENDED: async () => {
        const id = await running();
        await call('ada', id, examples.END);
        return call('ada', id, examples.START);
      },
      INSUFFICIENT_PERMISSION: async () => call('grace', await api.meeting('ada', {}, false), examples.START),
      PARTICIPANT_NOT_FOUND: async () => call('grace', await running(), examples.LEAVE),
      MAX_PARTICIPANTS_REACHED: async () =>
        call('grace', await running(['ada', 'linus'], { max_participants: 2 }), examples.JOIN),
      MEETING_LOCKED: async () => {
        const id = await running();
        await call('ada', id, policy({ lock_meeting: true }));
        return call('grace', id, examples.JOIN);
      },
      WAITING_ROOM_REQUIRED: async () => {
        const id = await running();
        await call('ada', id, policy({ require_waiting_room: true }));
        return call('grace', id, examples.JOIN);
      },
      CHAT_DISABLED: async () => {
        const id = await running(['grace']);
        await call('ada', id, policy({ chat_permissions: 'host' }));
        return call('grace', id, examples.SEND_MESSAGE);
      },
      SCREEN_SHARE_DISABLED: async () => {
        const id = await running(['grace']);
        await call('ada', id, policy({ screen_share_permissions: 'none' }));
        return call('grace', id, { ...examples.UPDATE_STATUS, body: { is_screen_sharing: true } });
      },
      LIVEKIT_TOKEN_ERROR: async () => {
        const id = await running(['ada']);
        return call('ada', id, examples.token('ada'));
      },
    };

    it('each is provoked here', () =>
      expect(Object.keys(provoked).sort()).toEqual(Object.keys(examples.ERROR_CODES).sort()));

    it.each(Object.entries(examples.ERROR_CODES))('%s: %i', async (code, status) => {
      const refused = await provoked[code]!();
      expect([refused.status, refused.body.status, refused.body.code]).toEqual([status, 'error', code]);
      expectAsDocumented({ ...examples.ERROR_BODY, details: {} }, refused.body);
      expect(refused.body.message.length).toBeGreaterThan(10);
    });
  });

  it('without a token every route answers 401 in the document’s format', async () => {
    const id = await api.meeting('ada');
    for (const { method, path } of [
      ...Object.values(examples).filter(
        (one): one is DocumentedRoute => typeof one === 'object' && 'path' in one,
      ),
      examples.assignBreakoutRoom('ada', 'x'),
      examples.token('ada'),
    ]) {
      const { status, body } = await api.withToken().send<Body>(`/api/v1/meetings/${id}/${path}`, { method });
      expect([path, status, body.code]).toEqual([path, 401, 'INVALID_TOKEN']);
      expectAsDocumented({ ...examples.ERROR_BODY, details: {} }, body);
    }
  });

  it('every limited answer carries the three headers, and beyond the limit the documented body', async () => {
    const id = await api.meeting('hedy');
    await call('hedy', id, examples.JOIN);
    let last = await call('hedy', id, examples.SEND_MESSAGE);
    expect(last.headers.get('x-ratelimit-limit')).toBe('60');
    expect(last.headers.get('x-ratelimit-remaining')).toBe('59');
    const reset = Number(last.headers.get('x-ratelimit-reset'));
    expect(Number.isSafeInteger(reset)).toBe(true);
    expect(Math.abs(reset - Date.now() / 1000)).toBeLessThan(62);
    for (let n = 0; n < 60 && last.status !== 429; n += 1)
      last = await call('hedy', id, examples.SEND_MESSAGE);
    expect(last.status).toBe(429);
    expect(last.headers.get('x-ratelimit-remaining')).toBe('0');
    expectAsDocumented(examples.RATE_LIMIT_BODY, last.body);
    expect(last.body).toMatchObject({
      code: 'RATE_LIMIT_EXCEEDED',
      message: 'Rate limit exceeded',
      details: { limit: 60, window: 60 },
    });
  });
});

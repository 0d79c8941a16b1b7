import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EventLog, LogUnavailable, type RecordedEvent } from '#libs/event-log';
import { EVENT_LOG } from '../../platform/log-follower.js';
import { type CountedReads, countReads } from '../../replay/counted-reads-for-tests.js';
import { EventStreamClient } from '../../testing/event-stream-client.js';
import { RunningApi } from '../../testing/running-api.js';
import { until } from '../../testing/until.js';

interface Page {
  readonly events: RecordedEvent[];
  readonly next_cursor: string | null;
  readonly has_more: boolean;
}
interface Refused {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly details: Record<string, unknown>;
  };
}

const ANALYST = { roles: ['analyst'] };

describe('the log over REST', () => {
  let api: RunningApi;
  let id: string;
  let other: string;
  let log: EventLog;
  let all: RecordedEvent[];
  let reads: CountedReads;
  const clients: EventStreamClient[] = [];
  beforeAll(async () => {
    api = await RunningApi.start();
    id = await api.meeting('ada', { require_password: true, password: 'open sesame' });
    other = await api.meeting('grace');
    for (const userId of ['ada', 'grace', 'edsger'])
      await api.as(userId).post(`/api/v1/meetings/${id}/join`, { password: 'open sesame' });
    await api.as('grace').post(`/api/v1/meetings/${id}/chat`, { content: 'to all' });
    await api.as('grace').post(`/api/v1/meetings/${id}/chat`, { content: 'psst', recipient_id: 'edsger' });
    await api.as('grace').post(`/api/v1/meetings/${id}/chat`, { content: 'mine', recipient_id: 'edsger' });
    for (let n = 0; n < 10; n += 1)
      await api.as('grace').put(`/api/v1/meetings/${id}/participants/status`, { is_muted: n % 2 === 0 });
    log = api.part<EventLog>(EVENT_LOG);
    all = [];
    for await (const event of log.readAll()) all.push(event);
    reads = countReads(log);
  }, 90_000);
  afterAll(async () => {
    for (const client of clients) client.leave();
    await api.stop();
    // But for the log that was away.
    expect(api.log.errors.filter(({ status }) => status !== 503)).toEqual([]);
  });

  const events = <T = Page>(query = '', headers: Record<string, string> = {}) =>
    api.as('mary', ANALYST).get<T>(`/api/v1/events${query}`, headers);
  const stream = async (
    query: string,
    headers: Record<string, string> = {},
    userId = 'mary',
  ): Promise<EventStreamClient> => {
    const authorization = `Bearer ${api.token(userId, ANALYST)}`;
    const client = await EventStreamClient.open(`${api.address}/api/v1/events${query}`, {
      authorization,
      ...headers,
    });
    clients.push(client);
    return client;
  };
  /** What an analyst may see: no private message. */
  const shown = (): RecordedEvent[] =>
    all.filter(({ data }) => (data as { recipientId?: string }).recipientId === undefined);
  const positions = (found: readonly { position: number }[]) => found.map(({ position }) => position);
  /** Something that happens now; its position. */
  const happen = async (): Promise<number> => {
    const before = await log.head();
    const muted = (all.length + before) % 2 === 0;
    for (const is_muted of [muted, !muted])
      await api.as('ada').put(`/api/v1/meetings/${id}/participants/status`, { is_muted });
    const head = await log.head();
    for await (const event of log.readAll({ from: all.at(-1)?.position })) all.push(event);
    expect(head).toBeGreaterThan(before);
    return head;
  };

  it.each<[string, string[], number]>([
    ['mary', ['analyst'], 200],
    ['root', ['admin'], 200],
    ['ada', [], 403],
    ['guest-1', ['guest'], 403],
  ])('%s with the roles %j is answered with %i, in each format', async (userId, roles, status) => {
    for (const format of ['json', 'ndjson', 'sse']) {
      if (status === 200 && format === 'sse') continue;
      const answer = await api.as(userId, { roles }).get<Refused>(`/api/v1/events?format=${format}`);
      expect(answer.status).toBe(status);
      if (status === 403) expect(answer.body.error.code).toBe('INSUFFICIENT_PERMISSIONS');
    }
  });

  it('without a token there is nothing', async () =>
    expect((await api.withToken().get('/api/v1/events')).status).toBe(401));

  it('shows events in the shape of a page of a meeting, with what caused them', async () => {
    const { body, headers } = await events(`?meeting=${id}`);
    const { body: own } = await api.as('mary', ANALYST).get<Page>(`/api/v1/meetings/${id}/events`);
    expect(body.events).toEqual(own.events);
    expect(body.events[0]).toMatchObject({
      id: expect.any(String),
      type: 'MeetingCreated',
      version: 2,
      stream: `meeting-${id}`,
      revision: 0,
      metadata: { userId: 'ada', correlationId: expect.stringMatching(/^req_/) },
    });
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it("shows nobody's private message to others and no password, in any format", async () => {
    const live = (await stream('?format=sse')).read();
    await live.idsUpTo(shown().at(-1)?.position ?? 0);
    live.leave();
    const texts = [
      JSON.stringify((await events()).body),
      (await events<string>('?format=ndjson')).body,
      live.content,
    ];
    for (const text of texts) {
      expect(text).toContain('to all');
      expect(text).not.toMatch(/psst|mine|scrypt|passwordHash|open sesame/);
    }
    const mine = await api.as('edsger', ANALYST).get<Page>('/api/v1/events?type=ChatMessageSent');
    expect(mine.body.events.map(({ data }) => (data as { content: string }).content)).toEqual([
      'to all',
      'psst',
      'mine',
    ]);
  });

  it.each([
    ['', () => shown()],
    ['type=AudioMuted,AudioUnmuted', () => shown().filter(({ type }) => /^Audio/.test(type))],
    ['type=AudioMuted&type=AudioUnmuted', () => shown().filter(({ type }) => /^Audio/.test(type))],
    ['user=grace', () => shown().filter(({ metadata }) => metadata.userId === 'grace')],
    ['stream=chat-*', () => shown().filter(event => event.stream.startsWith('chat-'))],
    ['stream=nothing', () => []],
    ['after=5', () => shown().filter(({ position }) => position > 5)],
    ['before=5', () => shown().filter(({ position }) => position < 5)],
    ['since=2001-01-01T00:00:00Z', () => shown()],
    ['until=2001-01-01T00:00:00Z', () => []],
  ])('by %s are found those that fit, either way, in pages of any size and as lines', async (query, find) => {
    const expected = positions(find());
    for (const direction of ['forwards', 'backwards']) {
      const ordered = direction === 'forwards' ? expected : expected.toReversed();
      for (const limit of [3, 10_000]) {
        const read: number[] = [];
        for (let cursor = '', more = true; more;) {
          const { status, body } = await events(`?${query}&direction=${direction}&limit=${limit}${cursor}`);
          expect(status).toBe(200);
          read.push(...positions(body.events));
          more = body.has_more;
          cursor = `&cursor=${body.next_cursor}`;
        }
        expect(read).toEqual(ordered);
      }
      const { body } = await events<string>(`?${query}&direction=${direction}&format=ndjson`);
      const lines = body.split('\n').slice(0, -1);
      expect(lines.map(line => (JSON.parse(line) as RecordedEvent).position)).toEqual(ordered);
    }
  });

  it('times are those of the events', async () => {
    const time = all.find(({ type }) => type === 'ChatMessageSent')?.time ?? '';
    const since = shown().filter(event => event.time >= time);
    const until = shown().filter(event => event.time <= time);
    expect(positions((await events(`?since=${time}`)).body.events)).toEqual(positions(since));
    expect(positions((await events(`?until=${time}`)).body.events)).toEqual(positions(until));
  });

  it.each([
    ['application/json', 'application/json; charset=utf-8'],
    ['*/*', 'application/json; charset=utf-8'],
    ['application/x-ndjson', 'application/x-ndjson'],
    ['application/json;q=0.5, application/x-ndjson', 'application/x-ndjson'],
    ['text/event-stream', 'text/event-stream'],
  ])('Accept: %s is answered with %s', async (accept, type) => {
    const client = await stream('', { accept });
    expect([client.status, client.contentType]).toEqual([200, type]);
    client.leave();
  });

  const FUTURE = '2999-01-01T00:00:00Z';
  it.each([
    ['after=1000000', 'after', /beyond the end of the log, whose last position is \d+/],
    ['before=1000000', 'before', /beyond the end of the log/],
    ['cursor=forwards.1000000', 'cursor', /beyond the end of the log/],
    ['after=-2', 'after', /must be a position/],
    ['after=', 'after', /must be a position/],
    ['after=1.5', 'after', /must be a position/],
    ['before=x', 'before', /must be a position/],
    [`since=${FUTURE}`, 'since', /in the future: it is 20\d\d-.* now/],
    [`until=${FUTURE}`, 'until', /in the future/],
    ['since=yesterday', 'since', /must be a date/],
    ['until=2024-01-15T10:00:00', 'until', /time zone/],
    ['after=1&since=2024-01-15T10:00:00Z', 'since', /give one of the two/],
    ['before=1&until=2024-01-15T10:00:00Z', 'until', /give one of the two/],
    ['after=5&before=5', 'after', /smaller than before/],
    ['since=2024-01-15T10:00:01Z&until=2024-01-15T10:00:00Z', 'since', /swap/],
    ['direction=sideways', 'direction', /forwards, backwards/],
    ['cursor=forwards.2&direction=backwards', 'direction', /must be forwards/],
    ['cursor=2', 'cursor', /next_cursor of a page/],
    ['type=MeetingStart', 'type', /did you mean MeetingStarted\? docs\/EVENTS\.md/],
    ['type=audiomuted', 'type', /did you mean AudioMuted\?/],
    ['type=Xyzzy', 'type', /\(Xyzzy\): docs\/EVENTS\.md lists them all/],
    ['type=', 'type', /names no type/],
    ['type=__proto__', 'type', /names no type/],
    ['stream=a*b', 'stream', /one \* at its end/],
    ['stream=', 'stream', /must be the name of a stream/],
    ['stream=a&stream=b', 'stream', /must be the name of a stream/],
    ['meeting=a/b', 'meeting', /1 to 64 letters/],
    ['user=', 'user', /longer than or equal to 1/],
    ['limit=0', 'limit', /not be less than 1/],
    ['limit=10001', 'limit', /not be greater than 10000/],
    ['limit=many', 'limit', /integer/],
    ['format=csv', 'format', /json, ndjson, sse/],
    ['types=AudioMuted', 'types', /should not exist/],
    ['format=sse&before=5', 'before', /no end/],
    ['format=sse&until=2024-01-15T10:00:00Z', 'until', /no end/],
    ['format=sse&limit=5', 'limit', /no end/],
    ['format=sse&direction=backwards', 'direction', /must be forwards/],
    ['format=sse&cursor=backwards.2', 'direction', /must be forwards/],
    ['format=ndjson&after=1000000', 'after', /beyond the end/],
  ])('%s is 400 and says what is wrong with %s', async (query, field, says) => {
    const { status, body } = await events<Refused>(`?${query}`);
    expect([status, body.error.code, body.error.details[field]]).toEqual([
      400,
      'VALIDATION_FAILED',
      expect.stringMatching(says),
    ]);
  });

  it('what cannot be answered in any format asked for is 400 and says which there are', async () => {
    const { status, body } = await events<Refused>('', { accept: 'text/csv, image/*' });
    expect([status, body.error.details.Accept]).toEqual([
      400,
      expect.stringContaining('application/x-ndjson'),
    ]);
  });

  it.each(['x', '1000000', '-2'])('a Last-Event-ID %s is 400', async last => {
    const { status, body } = await events<Refused>('?format=sse', { 'last-event-id': last });
    expect([status, Object.keys(body.error.details)]).toEqual([
      400,
      expect.arrayContaining(['Last-Event-ID']),
    ]);
  });

  it('a meeting that does not exist is 404', async () => {
    const { status, body } = await events<Refused>('?meeting=none');
    expect([status, body.error.code]).toEqual([404, 'MEETING_NOT_FOUND']);
  });

  it('a live stream gives history and what happens, and resumes after its last event without gap or repeat', async () => {
    const first = (await stream('?format=sse&after=2')).read();
    await first.idsUpTo(shown().at(-1)?.position ?? 0);
    await first.idsUpTo(await happen());
    first.leave();
    const seen = [...first.ids];
    // While nobody reads.
    for (let n = 0; n < 5; n += 1) await happen();
    const second = (await stream('?format=sse&after=2', { 'last-event-id': String(seen.at(-1)) })).read();
    const last = await happen();
    await second.idsUpTo(last);
    expect([...seen, ...second.ids]).toEqual(positions(shown().filter(({ position }) => position > 2)));
    second.leave();
  });

  it("a meeting's live stream has that meeting's events alone", async () => {
    const live = (await stream(`?meeting=${other}&format=sse`)).read();
    await happen();
    await api.as('grace').post(`/api/v1/meetings/${other}/end`);
    await until('the end of the meeting', () => live.content.includes('MeetingEnded'));
    const found: number[] = [];
    for await (const { position, data } of log.readAll())
      if ((data as { meetingId?: string }).meetingId === other) found.push(position);
    expect(live.ids).toEqual(found);
    live.leave();
  });

  it('a user has no more than eight streams open; others have their own; one that ends makes room', async () => {
    const open: EventStreamClient[] = [];
    for (let n = 0; n < 8; n += 1) open.push(await stream('?format=sse', {}, 'many'));
    const refused = await stream('?format=sse', {}, 'many');
    expect(refused.status).toBe(429);
    expect(JSON.parse(await refused.whole())).toMatchObject({
      error: { code: 'RATE_LIMIT_EXCEEDED', details: { limit: 8 } },
    });
    const another = await stream('?format=sse', {}, 'another');
    expect(another.status).toBe(200);
    open[0]?.leave();
    await until('room for one', async () => {
      const next = await stream('?format=sse', {}, 'many');
      return next.status === 200;
    });
    for (const client of [...open, another, ...clients]) client.leave();
  });

  it('HEAD of a live stream answers and leaves nothing open', async () => {
    for (const client of clients) client.leave();
    await until('all streams are closed', () => reads.open === 0);
    const answer = await api.as('mary', ANALYST).send('/api/v1/events?format=sse', { method: 'HEAD' });
    expect(answer.status).toBe(200);
    await until('the stream is closed', () => reads.open === 0);
  });

  it('a reader who does not read has the log read no further than the buffers between reach, and its end ends the reading', async () => {
    const text = 'x'.repeat(5_000);
    for (let n = 0; n < 40; n += 1) {
      const many = Array.from({ length: 500 }, (_, i) => ({
        id: `filler-${n}-${i}`,
        // No read model takes it.
        type: 'Filler',
        version: 1,
        time: new Date().toISOString(),
        data: { text },
        metadata: { correlationId: 'r', userId: 'ada' },
      }));
      await log.append('filler', many, 'any');
    }
    for (const format of ['ndjson', 'sse']) {
      await until('all streams are closed', () => reads.open === 0);
      const before = reads.events;
      const client = await stream(`?format=${format}&stream=fill*`);
      let last = -1;
      // It has come to rest when a while brings nothing.
      await until('the reading rests', async () => {
        const taken = reads.events - before;
        if (taken > 0 && taken === last) return true;
        last = taken;
        await new Promise(resolve => setTimeout(resolve, 100));
        return false;
      });
      // 20,000 events are 100 MB; a socket and its buffers hold some.
      expect(reads.events - before).toBeLessThan(5_000);
      expect(reads.open).toBe(1);
      client.leave();
      await until('the reading ends', () => reads.open === 0);
      expect(reads.events - before).toBeLessThan(5_000);
    }
    const reader = await stream('?format=ndjson&stream=fill*');
    const lines = (await reader.whole()).split('\n');
    expect(lines.length - 1).toBe(20_000);
  });

  it.each(['json', 'ndjson', 'sse'])('a log that is away is 503 with Retry-After: %s', async format => {
    const away = (): never => {
      throw new LogUnavailable('away');
    };
    const head = log.head.bind(log);
    const readAll = log.readAll.bind(log);
    for (const failing of format === 'sse' ? [{ head: away }] : [{ head: away }, { readAll: away }]) {
      Object.assign(log, failing);
      const { status, headers, body } = await events<Refused>(`?format=${format}`);
      Object.assign(log, { head, readAll });
      expect([status, headers.get('retry-after')]).toEqual([503, '1']);
      expect(body.error).toMatchObject({ code: expect.any(String), request_id: expect.any(String) });
    }
  });

  it('streams end when the application stops, and one that reads them then is let down in no other way', async () => {
    const live = (await stream('?format=sse&type=ChatMessageSent')).read();
    await until('history', () => live.ids.length > 0);
    const idle = await stream('?format=ndjson&stream=fill*');
    await api.close();
    await until('the end', () => live.ended);
    idle.leave();
    await api.open();
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer } from '../../testing/rest-client.js';
import { RunningApi } from '../../testing/running-api.js';
import { until } from '../../testing/until.js';

interface LoggedEvent {
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly time: string;
  readonly data: Record<string, unknown>;
}
interface Page {
  readonly meeting_id: string;
  readonly events: LoggedEvent[];
  readonly has_more: boolean;
  readonly next_after: number;
}
interface Refused {
  readonly error: { readonly message: string; readonly details: Record<string, string> };
}
interface State {
  readonly events: number;
  readonly state: {
    readonly meeting: { status: string };
    readonly participants: { userId: string; isMuted: boolean }[];
  };
}

describe('replay', () => {
  let api: RunningApi;
  let id: string;
  beforeAll(async () => {
    api = await RunningApi.start();
    id = await api.meeting('ada', { require_password: true, password: 'open sesame' });
    for (const userId of ['ada', 'grace', 'edsger']) {
      await api.as(userId).post(`/api/v1/meetings/${id}/join`, { password: 'open sesame' });
    }
    await api.as('grace').put(`/api/v1/meetings/${id}/participants/status`, { is_muted: true });
    await api.as('grace').post(`/api/v1/meetings/${id}/chat`, { content: 'to all' });
    await api.as('grace').post(`/api/v1/meetings/${id}/chat`, { content: 'psst', recipient_id: 'edsger' });
    await api.as('ada').post(`/api/v1/meetings/${id}/chat`, { content: 'mine', recipient_id: 'edsger' });
    await api.as('edsger').post(`/api/v1/meetings/${id}/leave`);
    await api.as('ada').post(`/api/v1/meetings/${id}/recording/start`);
    await api.as('ada').post(`/api/v1/meetings/${id}/end`);
    // The recording's own events follow from the meeting's, after those are answered: from here on nothing happens any more.
    await until('the end of the recording', async () =>
      (await events()).some(({ type }) => type === 'RecordingStopped'),
    );
  }, 90_000);
  afterAll(async () => {
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });

  const page = (userId: string, query = '', roles: string[] = []) =>
    api.as(userId, { roles }).get<Page>(`/api/v1/meetings/${id}/events${query}`);
  const state = (at?: string, userId = 'ada', roles: string[] = []) =>
    api
      .as(userId, { roles })
      .get<State>(`/api/v1/meetings/${id}/state${at ? `?at=${encodeURIComponent(at)}` : ''}`);
  const at = (field: string, value: number) =>
    api.as('ada').get<State>(`/api/v1/meetings/${id}/state?${field}=${value}`);
  /** Of every page: one ends where its time is over, too. */
  const events = async (userId = 'ada', roles: string[] = []): Promise<LoggedEvent[]> => {
    const all: LoggedEvent[] = [];
    for (let query = '', more = true; more;) {
      const { body } = await page(userId, query, roles);
      all.push(...body.events);
      [query, more] = [`?after=${body.next_after}`, body.has_more];
    }
    return all;
  };

  it('tells everything that happened, in order, with who did it and when', async () => {
    const all = await events();
    const positions = all.map(event => event.position);
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    const types = all.map(event => event.type);
    for (const type of [
      'MeetingCreated',
      'MeetingStarted',
      'ParticipantSeated',
      'AudioMuted',
      'MeetingRecordingStarted',
      'MeetingEnded',
    ]) {
      expect(types).toContain(type);
    }
    expect(types.filter(type => type === 'ParticipantJoined')).toHaveLength(3);
    expect(all[0]).toMatchObject({
      type: 'MeetingCreated',
      version: 2,
      stream: `meeting-${id}`,
      revision: 0,
      time: expect.any(String),
      metadata: { userId: 'ada', correlationId: expect.stringMatching(/^req_/) },
    });
  });

  it.each<[string, string[], number]>([
    ['ada', [], 200],
    ['mary', ['analyst'], 200],
    ['root', ['admin'], 200],
    ['grace', [], 403],
    ['eve', [], 403],
    ['guest-1', ['guest'], 403],
  ])('for %s with the roles %j both answer %i', async (userId, roles, status) => {
    expect((await page(userId, '', roles)).status).toBe(status);
    expect((await state(undefined, userId, roles)).status).toBe(status);
  });

  it('private messages stay between the two, in replay too', async () => {
    const said = async (userId: string, roles: string[] = []) =>
      (await events(userId, roles))
        .filter(event => event.type === 'ChatMessageSent')
        .map(event => event.data.content);
    expect(await said('ada')).toEqual(['to all', 'mine']);
    expect(await said('mary', ['analyst'])).toEqual(['to all']);
    for (const answer of [await page('mary', '', ['analyst']), await state(undefined, 'mary', ['analyst'])]) {
      expect(JSON.stringify(answer.body)).not.toMatch(/psst|mine/);
    }
  });

  it('no password and no hash of one is anywhere in it', async () => {
    for (const answer of [await page('ada'), await state(), await state(new Date().toISOString())]) {
      expect(JSON.stringify(answer.body)).not.toMatch(/open sesame|scrypt|passwordHash/);
    }
    expect((await state()).body).toMatchObject({ state: { meeting: { settings: { hasPassword: true } } } });
  });

  it('pages follow each other without gap or repeat, whatever their size', async () => {
    const all = await events();
    for (const limit of [1, 3, all.length, 10_000]) {
      const read: LoggedEvent[] = [];
      for (let after: number | undefined, more = true; more;) {
        const { body } = await page('ada', `?limit=${limit}${after === undefined ? '' : `&after=${after}`}`);
        expect(body.events.length).toBeLessThanOrEqual(limit);
        read.push(...body.events);
        [after, more] = [body.next_after, body.has_more];
      }
      expect(read).toEqual(all);
    }
    const last = all.at(-1)?.position ?? 0;
    expect((await page('ada', `?after=${last}`)).body).toEqual({
      meeting_id: id,
      events: [],
      has_more: false,
      next_after: last,
    });
  });

  it.each(['limit=0', 'limit=10001', 'after=-2', 'after=x', 'after=1e300', 'after=1000000', 'before=5'])(
    'paging by %s is 400',
    async query => {
      expect((await page('ada', `?${query}`)).status).toBe(400);
    },
  );

  it('the state at a moment is what the events up to it led to', async () => {
    const all = await events();
    const at = (type: string) => all.find(event => event.type === type)?.time ?? '';
    expect((await state(at('MeetingCreated'))).body.state.meeting.status).toMatch(/scheduled|active/);
    const muted = (await state(at('AudioMuted'))).body.state;
    expect(muted.participants.map(one => [one.userId, one.isMuted])).toEqual([
      ['ada', false],
      ['grace', true],
      ['edsger', false],
    ]);
    const now = (await state()).body;
    expect(now).toMatchObject({
      at: null,
      events: all.length,
      state: { meeting: { status: 'ended' }, participants: [] },
    });
  });

  it('a moment may be told in any time zone', async () => {
    const utc = (await events()).find(event => event.type === 'AudioMuted')?.time ?? '';
    const shifted = new Date(Date.parse(utc) + 2 * 3600_000).toISOString().replace('Z', '+02:00');
    expect((await state(shifted)).body.state).toEqual((await state(utc)).body.state);
  });

  it('a moment may be a revision: what of the other streams stands before it in the log counts', async () => {
    const all = await events();
    for (const { revision, position } of all.filter(({ stream }) => stream === `meeting-${id}`)) {
      const { body } = await state(String(revision));
      const counted = all.filter(event => event.position <= position).length;
      expect(body).toMatchObject({ at: String(revision), revision, position, events: counted });
      expect((await at('position', position)).body).toEqual({ ...body, at: String(position) });
    }
  });

  it('a moment may be any position of the log', async () => {
    const muted = (await events()).find(event => event.type === 'AudioMuted');
    const grace = (one: Answer<State>) =>
      one.body.state.participants.find(({ userId }) => userId === 'grace');
    expect(grace(await at('position', muted?.position ?? 0))?.isMuted).toBe(true);
    expect(grace(await at('position', (muted?.position ?? 0) - 1))?.isMuted).toBe(false);
  });

  const BEFORE = '2001-01-01T00:00:00Z';
  const AFTER = '2999-01-01T00:00:00Z';
  it.each([
    [`at=${BEFORE}`, 'at', /before the meeting existed, which was created 20/],
    [`at=${AFTER}`, 'at', /in the future: it is 20.* now/],
    ['at=1705312800', 'at', /beyond the end of the meeting's stream, whose last revision is \d+/],
    ['at=99999999999999999999', 'at', /must be a date/],
    ['at=-1', 'at', /must be a date/],
    ['at=yesterday', 'at', /must be a date/],
    ['at=2024-W03-1', 'at', /must be a date/],
    ['at=2024-01-15', 'at', /must be a date/],
    ['at=2024-01-15T10:00:00', 'at', /a time zone/],
    ['at=2024-02-30T10:00:00Z', 'at', /must be a date/],
    ['at=', 'at', /must be a date/],
    ['at=1&at=2', 'at', /must be a string/],
    ['position=1000000', 'position', /beyond the end of the log, whose last position is \d+/],
    ['position=-1', 'position', /must be a position/],
    ['position=x', 'position', /must be a position/],
    ['position=1&at=1', 'position', /give one of the two/],
    ['revision=1', 'revision', /should not exist/],
  ])('the state by %s is 400 and says what is wrong with %s', async (query, field, says) => {
    const { status, body } = await api.as('ada').get<Refused>(`/api/v1/meetings/${id}/state?${query}`);
    expect([status, body.error.details[field]]).toEqual([400, expect.stringMatching(says)]);
    expect(body.error.message).toContain(field);
  });

  it('a position before the meeting existed is 400 and says where it was created', async () => {
    const later = await api.meeting('grace');
    const { status, body } = await api.as('grace').get<Refused>(`/api/v1/meetings/${later}/state?position=0`);
    expect([status, body.error.details.position]).toEqual([
      400,
      expect.stringMatching(/before the meeting existed, which was created at position \d+/),
    ]);
  });

  interface Difference {
    readonly from: { at: string; events: number };
    readonly to: { at: string | null; events: number };
    readonly changes: { what: string; id?: string; field?: string; from: unknown; to: unknown }[];
  }
  const diff = <T = Difference>(query: string, userId = 'ada', roles: string[] = []) =>
    api.as(userId, { roles }).get<T>(`/api/v1/meetings/${id}/diff?${query}`);

  it('the difference of two moments is what happened in between, whichever way they are named', async () => {
    const all = await events();
    const of = (type: string) => all.find(event => event.type === type);
    const muted = of('AudioMuted');
    const ended = of('MeetingEnded');
    const { body } = await diff(`from=${of('MeetingStarted')?.revision}&to=${muted?.time}`);
    expect(body.from).toMatchObject({ at: '1', revision: 1 });
    expect(body.changes.map(change => change.what)).toEqual(
      expect.arrayContaining(['participant-joined', 'participant-joined', 'participant-joined']),
    );
    const joined = body.changes.filter(change => change.what === 'participant-joined');
    expect(joined.map(change => (change.to as { userId: string }).userId)).toEqual([
      'ada',
      'grace',
      'edsger',
    ]);

    const rest = await diff(`from=${muted?.time}`);
    expect(rest.body.to).toMatchObject({ at: null, events: all.length, revision: ended?.revision });
    expect(rest.body.changes).toEqual(
      expect.arrayContaining([
        { what: 'meeting-changed', field: 'status', from: 'active', to: 'ended' },
        expect.objectContaining({ what: 'message-sent', to: expect.objectContaining({ content: 'to all' }) }),
      ]),
    );
    const status = await state();
    expect(rest.body.to.events).toBe(status.body.events);
    expect((await diff('from=3&to=3')).body.changes).toEqual([]);
  });

  it("the difference shows no private message of others', and no password", async () => {
    const text = JSON.stringify((await diff('from=0', 'mary', ['analyst'])).body);
    expect(text).toContain('to all');
    expect(text).not.toMatch(/psst|mine|scrypt|open sesame|passwordHash/);
  });

  it('the difference is for those who may replay', async () => {
    for (const [userId, roles, status] of [
      ['mary', ['analyst'], 200],
      ['root', ['admin'], 200],
      ['grace', [], 403],
    ] as const) {
      expect((await diff('from=0', userId, [...roles])).status).toBe(status);
    }
  });

  it.each([
    ['to=1', 'from', /must say from which moment/],
    ['from=5&to=2', 'from', /later moment than to: swap/],
    ['from=2024-01-15T10:00:00Z&to=2023-01-15T10:00:00Z', 'from', /before the meeting existed/],
    [`from=1&to=${AFTER}`, 'to', /in the future/],
    [`from=${BEFORE}&to=1`, 'from', /before the meeting existed/],
    ['from=1&to=1000', 'to', /last revision/],
    ['from=soon', 'from', /must be a date/],
  ])('the difference by %s is 400 and says what is wrong with %s', async (query, field, says) => {
    const { status, body } = await diff<Refused>(query);
    expect([status, body.error.details[field]]).toEqual([400, expect.stringMatching(says)]);
  });

  it('two times in the wrong order are refused also where nothing happened between them', async () => {
    const now = Date.now();
    const [first, second] = [new Date(now - 1).toISOString(), new Date(now - 2).toISOString()];
    const { body } = await diff<Refused>(`from=${first}&to=${second}`);
    expect(body.error.details.from).toMatch(/swap/);
  });

  it('a meeting that does not exist has no history: 404', async () => {
    for (const what of ['events', 'state', 'diff?from=0']) {
      expect((await api.as('mary', { roles: ['analyst'] }).get(`/api/v1/meetings/none/${what}`)).status).toBe(
        404,
      );
    }
  });
});

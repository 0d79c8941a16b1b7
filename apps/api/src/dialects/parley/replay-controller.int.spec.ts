import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningApi } from '../../testing/running-api.js';

interface LoggedEvent {
  readonly type: string;
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
  }, 30_000);
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
  const events = async () => (await page('ada')).body.events;

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
      version: 1,
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
      (await page(userId, '', roles)).body.events
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

  it.each(['limit=0', 'limit=10001', 'after=-2', 'after=x', 'after=1e300', 'before=5'])(
    'paging by %s is 400',
    async query => {
      expect((await page('ada', `?${query}`)).status).toBe(400);
    },
  );

  it('the state at a moment is what the events up to it led to', async () => {
    const all = await events();
    const at = (type: string) => all.find(event => event.type === type)?.time ?? '';
    const before = new Date(Date.parse(at('MeetingCreated')) - 1).toISOString();
    expect((await state(before)).body).toMatchObject({
      at: before,
      events: 0,
      state: { meeting: { status: 'none' } },
    });
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

  it.each(['yesterday', '2024-W03-1', '2024-01-15', '2024-01-15T10:00:00', '1705312800', ''])(
    'a moment %j is 400',
    async at => {
      expect((await api.as('ada').get(`/api/v1/meetings/${id}/state?at=${at}`)).status).toBe(400);
    },
  );

  it('a meeting that does not exist has no history: 404', async () => {
    for (const what of ['events', 'state']) {
      expect((await api.as('mary', { roles: ['analyst'] }).get(`/api/v1/meetings/none/${what}`)).status).toBe(
        404,
      );
    }
  });
});

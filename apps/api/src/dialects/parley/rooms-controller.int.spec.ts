import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningApi } from '../../testing/running-api.js';

interface OpenedRoom {
  readonly name: string;
  readonly meeting_id: string;
  readonly host_user_id: string;
}

describe('rooms', () => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await RunningApi.start();
  }, 90_000);
  afterAll(async () => {
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });

  const open = (userId: string, name: string, body: unknown = {}, headers = {}) =>
    api.as(userId).put<OpenedRoom>(`/api/v1/rooms/${encodeURIComponent(name)}`, body, headers);

  it('a name that leads nowhere gets a meeting, already started, whose host is who came first', async () => {
    const { status, body } = await open('ada', 'Team Standup', { title: 'Daily' });
    expect(status).toBe(201);
    expect(body).toEqual({
      name: 'team-standup',
      meeting_id: expect.stringMatching(/^[0-9A-Z]{26}$/),
      title: 'Daily',
      host_user_id: 'ada',
      status: 'active',
      join_url: 'https://meet.example.org/m/team-standup',
    });
    expect((await api.as('grace').post(`/api/v1/meetings/${body.meeting_id}/join`, {})).status).toBe(200);
  });

  it('the next who comes gets the same meeting, however they write the name', async () => {
    const first = await open('ada', 'Über Uns', {});
    expect(first.body).toMatchObject({ title: 'Über Uns', name: 'über-uns' });
    for (const name of ['über uns', ' ÜBER  UNS ', 'u\u0308ber-uns']) {
      const next = await open('grace', name, { title: 'Something else' });
      expect([next.status, next.body]).toEqual([200, first.body]);
    }
  });

  it('those who open a name at the same moment meet in one meeting', async () => {
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, n) => open(`user${n}`, `race-${round}`)),
      );
      expect(new Set(answers.map(answer => answer.body.meeting_id)).size).toBe(1);
      expect(answers.filter(answer => answer.status === 201)).toHaveLength(1);
      const id = answers[0]?.body.meeting_id;
      const events = await api
        .as('root', { roles: ['analyst'] })
        .get<{ events: { type: string }[] }>(`/api/v1/meetings/${id}/events`);
      expect(events.body.events.map(event => event.type)).toEqual(['MeetingCreated', 'MeetingStarted']);
    }
  });

  it('after its meeting ended the name gets another one, again one for all who come at once', async () => {
    const first = await open('ada', 'weekly');
    await api.as('ada').post(`/api/v1/meetings/${first.body.meeting_id}/end`);
    const answers = await Promise.all(['grace', 'edsger', 'alan'].map(userId => open(userId, 'weekly')));
    const ids = new Set(answers.map(answer => answer.body.meeting_id));
    expect(ids.size).toBe(1);
    expect(ids).not.toContain(first.body.meeting_id);
    expect(['grace', 'edsger', 'alan']).toContain(answers[0]?.body.host_user_id);
  });

  it('a repeat with the same Idempotency-Key leads to the same meeting', async () => {
    const key = { 'idempotency-key': 'k' };
    const first = await open('ada', 'keyed', {}, key);
    expect((await open('ada', 'keyed', {}, key)).body).toEqual(first.body);
    const other = await open('ada', 'keyed too', {}, key);
    expect(other.body.meeting_id).not.toBe(first.body.meeting_id);
  });

  it.each(['constructor', 'toString', '1', '日本語の部屋', 'a.b_c-d', 'x'.repeat(64)])(
    '%s is a name like any other',
    async name => {
      expect((await open('ada', name)).status).toBe(201);
    },
  );

  it.each(['-a', '__proto__', 'a/b', 'a?b', '<b>', '\0', '🙂', ' ', 'x'.repeat(65)])(
    '%j is no name: 400',
    async name => {
      expect(await open('ada', name)).toMatchObject({
        status: 400,
        body: { error: { code: 'VALIDATION_FAILED' } },
      });
    },
  );

  it.each([{ title: '' }, { title: 5 }, { title: 'x'.repeat(201) }, { colour: 'red' }])(
    'a body %j is 400',
    async body => {
      expect((await open('ada', 'validated', body)).status).toBe(400);
    },
  );

  it('looking a name up leads to its meeting, also after the end, and opens none', async () => {
    const unknown = await api.as('grace').get('/api/v1/rooms/looked-up');
    expect(unknown).toMatchObject({ status: 404, body: { error: { code: 'MEETING_NOT_FOUND' } } });
    const { body } = await open('ada', 'looked-up');
    expect(await api.as('grace').get('/api/v1/rooms/Looked%20Up')).toMatchObject({ status: 200, body });
    await api.as('ada').post(`/api/v1/meetings/${body.meeting_id}/end`);
    expect((await api.as('grace').get('/api/v1/rooms/looked-up')).body).toEqual({ ...body, status: 'ended' });
    expect((await api.as('grace').get('/api/v1/rooms/-a')).status).toBe(400);
    expect((await api.withToken().get('/api/v1/rooms/looked-up')).status).toBe(401);
  });

  it('without a token nothing opens', async () => {
    expect((await api.withToken().put('/api/v1/rooms/standup', {})).status).toBe(401);
  });
});

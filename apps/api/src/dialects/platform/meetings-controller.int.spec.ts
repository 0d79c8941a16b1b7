import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningApi } from '../../testing/running-api.js';

const ULID = /^[0-9A-HJKMNP-TV-Z]{26}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** The request of the platform's document, as it stands there. */
const DOCUMENTED = {
  title: 'Team Standup',
  description: 'Daily team sync',
  scheduled_start_time: '2024-01-15T10:00:00Z',
  scheduled_end_time: '2024-01-15T10:30:00Z',
  settings: {
    max_participants: 50,
    require_password: true,
    password: 'meeting123',
    waiting_room_enabled: true,
    recording_enabled: false,
    auto_record: false,
  },
};

interface Created {
  readonly meeting_id: string;
}
interface Refused {
  readonly error: { readonly code: string; readonly details: Record<string, unknown> };
}

describe('the platform dialect: meetings over REST', () => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await RunningApi.start();
  }, 90_000);
  afterAll(async () => {
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });

  const create = (body: unknown, headers: Record<string, string> = {}) =>
    api.as('ada').post<Created>('/api/v1/meetings', body, headers);
  const refusalOf = async (body: unknown): Promise<Record<string, unknown>> => {
    const { status, body: answer } = await api.as('ada').post<Refused>('/api/v1/meetings', body);
    expect([status, answer.error.code]).toEqual([400, 'VALIDATION_FAILED']);
    const { timestamp: _when, ...fields } = answer.error.details;
    return fields;
  };

  it('creates the meeting of the document and answers field by field as it says', async () => {
    const { status, headers, body } = await create(DOCUMENTED);
    expect(status).toBe(201);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(body).toEqual({
      meeting_id: expect.stringMatching(ULID),
      title: 'Team Standup',
      host_user_id: 'ada',
      join_url: `https://meet.example.org/m/${body.meeting_id}`,
      meeting_number: expect.stringMatching(/^\d{3}-\d{3}-\d{3}$/),
      created_at: expect.stringMatching(TIME),
    });
  });

  it('answers the details of a meeting field by field as the document says', async () => {
    const { meeting_id } = (await create(DOCUMENTED)).body;
    const { status, body } = await api.as('ada').get(`/api/v1/meetings/${meeting_id}`);
    expect(status).toBe(200);
    expect(body).toEqual({
      meeting_id,
      title: 'Team Standup',
      description: 'Daily team sync',
      host_user_id: 'ada',
      status: 'scheduled',
      scheduled_start_time: '2024-01-15T10:00:00Z',
      scheduled_end_time: '2024-01-15T10:30:00Z',
      actual_start_time: null,
      actual_end_time: null,
      participants: [],
      settings: {
        max_participants: 50,
        require_password: true,
        waiting_room_enabled: true,
        recording_enabled: false,
        auto_record: false,
        chat_enabled: true,
        screen_share_enabled: true,
      },
      // Not in the document's answer: what its other answers say of a meeting.
      meeting_number: expect.any(String),
      join_url: `https://meet.example.org/m/${meeting_id}`,
      created_at: expect.stringMatching(TIME),
    });
  });

  it('a title alone is enough', async () => {
    const { body } = await create({ title: 'Ad hoc' });
    const details = await api.as('ada').get(`/api/v1/meetings/${body.meeting_id}`);
    expect(details.body).toMatchObject({
      title: 'Ad hoc',
      description: null,
      scheduled_start_time: null,
      scheduled_end_time: null,
      settings: { max_participants: 100, require_password: false, waiting_room_enabled: false },
    });
  });

  it('never shows a password or its hash', async () => {
    const { meeting_id } = (await create(DOCUMENTED)).body;
    for (const path of ['', '/events', '/state', '/status']) {
      const { status, body } = await api.as('ada').get(`/api/v1/meetings/${meeting_id}${path}`);
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toMatch(/meeting123|scrypt/);
    }
  });

  it('a time in another zone is the same moment in UTC', async () => {
    const { body } = await create({ title: 'x', scheduled_start_time: '2024-01-15T12:00:00+02:00' });
    const details = await api.as('ada').get(`/api/v1/meetings/${body.meeting_id}`);
    expect(details.body).toMatchObject({ scheduled_start_time: '2024-01-15T10:00:00Z' });
  });

  it.each<[string, unknown, string]>([
    ['no title', {}, 'title'],
    ['a title that is no text', { title: 5 }, 'title'],
    ['a blank title', { title: '   ' }, 'title'],
    ['a title of 201 characters', { title: 'x'.repeat(201) }, 'title'],
    ['a description that is no text', { title: 'x', description: {} }, 'description'],
    ['a description of 2,001 characters', { title: 'x', description: 'x'.repeat(2001) }, 'description'],
    ['a start that is no time', { title: 'x', scheduled_start_time: 'tomorrow' }, 'scheduled_start_time'],
    [
      'a start without a time zone',
      { title: 'x', scheduled_start_time: '2024-01-15T10:00:00' },
      'scheduled_start_time',
    ],
    ['a start that is a week', { title: 'x', scheduled_start_time: '2024-W03-1' }, 'scheduled_start_time'],
    [
      'a start on 30 February',
      { title: 'x', scheduled_start_time: '2024-02-30T10:00:00Z' },
      'scheduled_start_time',
    ],
    ['an end that is a number', { title: 'x', scheduled_end_time: 1705312800 }, 'scheduled_end_time'],
    [
      'an end before the start',
      { ...DOCUMENTED, scheduled_end_time: '2024-01-15T09:59:59Z' },
      'scheduled_end_time',
    ],
    [
      'an end at the start',
      { ...DOCUMENTED, scheduled_end_time: '2024-01-15T10:00:00Z' },
      'scheduled_end_time',
    ],
    ['an unknown field', { title: 'x', colour: 'red' }, 'colour'],
    ['an unknown setting', { title: 'x', settings: { colour: 'red' } }, 'settings.colour'],
    ['settings that are a list', { title: 'x', settings: [] }, 'settings'],
    ['settings that are text', { title: 'x', settings: 'all' }, 'settings'],
    ['settings that are null', { title: 'x', settings: null }, 'settings'],
    ['no place for anybody', { title: 'x', settings: { max_participants: 0 } }, 'settings.max_participants'],
    ['too many places', { title: 'x', settings: { max_participants: 1001 } }, 'settings.max_participants'],
    ['half a place', { title: 'x', settings: { max_participants: 1.5 } }, 'settings.max_participants'],
    ['places as text', { title: 'x', settings: { max_participants: '50' } }, 'settings.max_participants'],
    [
      'a switch that is text',
      { title: 'x', settings: { waiting_room_enabled: 'yes' } },
      'settings.waiting_room_enabled',
    ],
    ['a password that is empty', { title: 'x', settings: { password: '' } }, 'settings.password'],
    [
      'require_password without a password',
      { title: 'x', settings: { require_password: true } },
      'settings.password',
    ],
  ])('refuses %s and names the field', async (_what, body, field) => {
    expect(Object.keys(await refusalOf(body))).toEqual([field]);
  });

  it('names every wrong field at once', async () => {
    const fields = await refusalOf({
      title: 1,
      description: 2,
      settings: { max_participants: 'x', auto_record: 1 },
    });
    expect(Object.keys(fields).sort()).toEqual([
      'description',
      'settings.auto_record',
      'settings.max_participants',
      'title',
    ]);
  });

  it('participants are shown to those who take part, emails to those who run the meeting', async () => {
    const id = await api.meeting('ada');
    await api.as('ada', { name: 'Ada', email: 'ada@example.org' }).post(`/api/v1/meetings/${id}/join`, {});
    await api
      .as('grace', { name: 'Grace', email: 'grace@example.org' })
      .post(`/api/v1/meetings/${id}/join`, {});
    const seen = async (userId: string, claims = {}) =>
      (await api.as(userId, claims).get<{ participants: unknown[] }>(`/api/v1/meetings/${id}`)).body
        .participants;
    const [ada, grace] = [
      { user_id: 'ada', display_name: 'Ada', email: 'ada@example.org', role: 'host', status: 'joined' },
      {
        user_id: 'grace',
        display_name: 'Grace',
        email: 'grace@example.org',
        role: 'participant',
        status: 'joined',
      },
    ];
    expect(await seen('ada')).toEqual([ada, grace]);
    expect(await seen('root', { roles: ['admin'] })).toEqual([ada, grace]);
    expect(await seen('grace')).toEqual([
      { ...ada, email: null },
      { ...grace, email: null },
    ]);
    expect(await seen('stranger')).toEqual([]);
  });

  it('a repeat with the same Idempotency-Key creates nothing and answers the same', async () => {
    const headers = { 'idempotency-key': 'order-66' };
    const first = await create(DOCUMENTED, headers);
    const again = await create(DOCUMENTED, headers);
    expect([again.status, again.body]).toEqual([first.status, first.body]);
    const { events } = (
      await api.as('ada').get<{ events: unknown[] }>(`/api/v1/meetings/${first.body.meeting_id}/events`)
    ).body;
    expect(events).toHaveLength(1);
  });

  it("an Idempotency-Key is its user's own", async () => {
    const headers = { 'idempotency-key': 'order-66' };
    const mine = await create(DOCUMENTED, headers);
    const theirs = await api.as('grace').post<Created>('/api/v1/meetings', DOCUMENTED, headers);
    expect(theirs.status).toBe(201);
    expect(theirs.body.meeting_id).not.toBe(mine.body.meeting_id);
  });

  it.each([
    ['of 256 characters', 'k'.repeat(256)],
    ['that is empty', ''],
  ])('refuses an Idempotency-Key %s', async (_what, key) => {
    const { status, body } = await api
      .as('ada')
      .post<Refused>('/api/v1/meetings', DOCUMENTED, { 'idempotency-key': key });
    expect([status, body.error.code]).toEqual([400, 'VALIDATION_FAILED']);
    expect(Object.keys(body.error.details)).toContain('Idempotency-Key');
  });

  it('a meeting that does not exist is MEETING_NOT_FOUND, in the format of the document', async () => {
    const { status, headers, body } = await api.as('ada').get('/api/v1/meetings/invalid-uuid');
    expect(status).toBe(404);
    expect(body).toEqual({
      error: {
        code: 'MEETING_NOT_FOUND',
        message: 'The meeting does not exist',
        details: { meeting_id: 'invalid-uuid', timestamp: expect.stringMatching(TIME) },
        request_id: headers.get('x-request-id'),
      },
    });
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RunningApi } from '../../testing/running-api.js';

const ULID = /^[0-9A-HJKMNP-TV-Z]{26}$/;
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
interface Message {
  readonly message_id: string;
  readonly content: string;
}

describe('the meetings dialect: chat', () => {
  let api: RunningApi;
  let id: string;
  beforeAll(async () => {
    // One user says more here than the limit lets through.
    api = await RunningApi.start({ PARLEY_RATE_LIMITS: 'off' });
  }, 90_000);
  afterAll(async () => {
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });
  beforeEach(async () => {
    id = await api.meeting('ada');
    for (const userId of ['ada', 'grace', 'edsger']) {
      await api.as(userId, { name: userId.toUpperCase() }).post(`/api/v1/meetings/${id}/join`, {});
    }
  });

  const say = (userId: string, body: unknown, headers = {}) =>
    api.as(userId).post<{ data: Message }>(`/api/v1/meetings/${id}/chat`, body, headers);
  const history = async (userId: string, query = '', claims = {}) =>
    (await api.as(userId, claims).get<{ data: Message[] }>(`/api/v1/meetings/${id}/chat${query}`)).body.data;

  it('sends the message of the document and answers field by field as it says; history shows the same', async () => {
    const { status, body } = await say('grace', {
      content: 'Hello everyone!',
      message_type: 'text',
      recipient_id: null,
      file_url: null,
      file_name: null,
      file_type: null,
      file_size: null,
    });
    expect(status).toBe(200);
    const data = {
      message_id: expect.stringMatching(ULID),
      sender_id: 'grace',
      sender_name: 'GRACE',
      content: 'Hello everyone!',
      message_type: 'text',
      is_private: false,
      timestamp: time,
    };
    expect(body).toEqual({
      status: 'success',
      message: 'Chat message sent successfully',
      data,
      timestamp: time,
    });
    expect((await api.as('ada').get(`/api/v1/meetings/${id}/chat`)).body).toEqual({
      status: 'success',
      message: 'Chat history retrieved successfully',
      data: [body.data],
      timestamp: time,
    });
  });

  it('a file has an address, a name, a type and a size', async () => {
    const file = {
      file_url: 'https://files.example.org/a.pdf',
      file_name: 'a.pdf',
      file_type: 'application/pdf',
      file_size: 12,
    };
    expect((await say('grace', { content: '', message_type: 'file', ...file })).body.data).toMatchObject({
      message_type: 'file',
      ...file,
    });
    expect((await history('ada'))[0]).toMatchObject(file);
  });

  it('text comes back as it was sent, whatever is in it', async () => {
    const content = `<b>"fett"</b> & 'so' \\ \u0000 \u2028 🙂 ${'ü'.repeat(5000)}`;
    await say('grace', { content });
    expect((await history('ada'))[0]?.content).toBe(content);
  });

  it('a private message is read by the two alone: no host, no administrator', async () => {
    await say('grace', { content: 'psst', recipient_id: 'edsger' });
    await say('grace', { content: 'hello' });
    const seen = async (userId: string, claims = {}) =>
      (await history(userId, '', claims)).map(one => one.content);
    expect(await seen('grace')).toEqual(['psst', 'hello']);
    expect(await seen('edsger')).toEqual(['psst', 'hello']);
    expect(await seen('ada')).toEqual(['hello']);
    expect(await seen('root', { roles: ['admin'] })).toEqual(['hello']);
    expect((await history('edsger'))[0]).toMatchObject({ is_private: true, recipient_id: 'edsger' });
  });

  it('pages count from the newest, and are in the order of sending', async () => {
    for (let n = 1; n <= 60; n++) await say('grace', { content: String(n) });
    const page = async (query: string) => (await history('ada', query)).map(one => Number(one.content));
    const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);
    expect(await page('')).toEqual(range(11, 60));
    expect(await page('?limit=5')).toEqual(range(56, 60));
    expect(await page('?limit=5&offset=5')).toEqual(range(51, 55));
    expect(await page('?limit=200')).toEqual(range(1, 60));
    expect(await page('?offset=60')).toEqual([]);
  });

  it('messages sent at once all arrive, once each, in one order for all', async () => {
    const sent = await Promise.all(
      Array.from({ length: 50 }, (_, n) => say('grace', { content: String(n) })),
    );
    const seen = await history('ada', '?limit=200');
    expect(seen.map(one => one.message_id).sort()).toEqual(sent.map(one => one.body.data.message_id).sort());
    expect(await history('edsger', '?limit=200')).toEqual(seen);
  });

  it('a repeat with the same Idempotency-Key sends nothing and answers the same', async () => {
    const key = { 'idempotency-key': 'once' };
    const first = await say('grace', { content: 'x' }, key);
    expect((await say('grace', { content: 'x' }, key)).body.data).toEqual(first.body.data);
    expect(await history('ada')).toHaveLength(1);
  });

  it('a repeat answers the same to who has left since, whose new messages are refused', async () => {
    const key = { 'idempotency-key': 'once' };
    const first = await say('grace', { content: 'x' }, key);
    await api.as('grace').post(`/api/v1/meetings/${id}/leave`);
    const again = await say('grace', { content: 'x' }, key);
    expect([again.status, again.body.data]).toEqual([200, first.body.data]);
    for (const headers of [{}, { 'idempotency-key': 'another' }])
      expect(await say('grace', { content: 'x' }, headers)).toMatchObject({
        body: { code: 'INSUFFICIENT_PERMISSION' },
      });
    // The key is hers alone.
    await api.as('edsger').post(`/api/v1/meetings/${id}/leave`);
    expect(await say('edsger', { content: 'x' }, key)).toMatchObject({
      body: { code: 'INSUFFICIENT_PERMISSION' },
    });
    expect(await history('ada')).toHaveLength(1);
  });

  it.each<[string, unknown, string]>([
    ['no content', {}, 'content'],
    ['blank content', { content: ' \n ' }, 'content'],
    ['10,001 characters', { content: 'x'.repeat(10_001) }, 'content'],
    ['content that is no text', { content: ['x'] }, 'content'],
    ['an unknown type', { content: 'x', message_type: 'html' }, 'message_type'],
    ['an empty recipient', { content: 'x', recipient_id: '' }, 'recipient_id'],
    ['a file without an address', { content: '', message_type: 'file', file_name: 'a' }, 'file_url'],
    [
      'a file without a name',
      { content: '', message_type: 'file', file_url: 'https://a.example/b' },
      'file_name',
    ],
    ['a file in a text', { content: 'x', file_url: 'https://a.example/b' }, 'message_type'],
    [
      'an address that is a script',
      { content: '', message_type: 'file', file_name: 'a', file_url: 'javascript:alert(1)' },
      'file_url',
    ],
    [
      'a size below nothing',
      { content: '', message_type: 'file', file_name: 'a', file_url: 'https://a.example/b', file_size: -1 },
      'file_size',
    ],
    ['an unknown field', { content: 'x', sender_id: 'ada' }, 'sender_id'],
  ])('a message with %s is 400 and names the field', async (_what, body, field) => {
    const answer = await say('grace', body);
    expect(answer).toMatchObject({ status: 400, body: { status: 'error', code: 'VALIDATION_FAILED' } });
    const { request_id: _id, ...details } = (answer.body as unknown as { details: Record<string, unknown> })
      .details;
    expect(Object.keys(details)).toEqual([field]);
  });

  it('chat that is off is 403 CHAT_DISABLED', async () => {
    id = await api.meeting('ada', { chat_enabled: false });
    await api.as('ada').post(`/api/v1/meetings/${id}/join`, {});
    expect(await say('ada', { content: 'x' })).toMatchObject({
      status: 403,
      body: { code: 'CHAT_DISABLED' },
    });
  });

  it('a message to somebody who is not there is 404, one from outside 403, its history 403', async () => {
    expect(await say('grace', { content: 'x', recipient_id: 'eve' })).toMatchObject({
      status: 404,
      body: { code: 'PARTICIPANT_NOT_FOUND' },
    });
    expect(await say('eve', { content: 'x' })).toMatchObject({
      status: 403,
      body: { code: 'INSUFFICIENT_PERMISSION' },
    });
    expect(await api.as('eve').get(`/api/v1/meetings/${id}/chat`)).toMatchObject({ status: 403 });
  });

  it('an ended meeting takes no message, and still shows its history to those who were there', async () => {
    await say('grace', { content: 'bye' });
    await api.as('ada').post(`/api/v1/meetings/${id}/end`);
    expect(await say('grace', { content: 'x' })).toMatchObject({
      status: 410,
      body: { code: 'MEETING_ENDED' },
    });
    expect((await history('grace')).map(one => one.content)).toEqual(['bye']);
  });
});

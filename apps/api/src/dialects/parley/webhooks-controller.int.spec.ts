import { createHmac, timingSafeEqual } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { RunningApi } from '../../testing/running-api.js';
import { until } from '../../testing/until.js';
import { type ReceivedWebhook, WebhookReceiver } from '../../testing/webhook-receiver.js';

interface Endpoint {
  readonly endpoint_id: string;
  readonly secret: string;
  readonly status: string;
  readonly [field: string]: unknown;
}
interface Delivery {
  readonly delivery_id: string;
  readonly event: string;
  readonly position: number;
  readonly status: string;
  readonly [field: string]: unknown;
}
const PATH = '/api/v1/webhooks';

/** As Jitsi's document checks a signature. */
const verifyJitsi = (payload: unknown, signature: string, secret: string): boolean => {
  const hmac = createHmac('sha256', secret);
  hmac.update(JSON.stringify(payload));
  const calculated = `sha256=${hmac.digest('hex')}`;
  return timingSafeEqual(Buffer.from(signature), Buffer.from(calculated));
};
const standard = (secret: string, { body, headers }: ReceivedWebhook): unknown =>
  new Webhook(secret).verify(body, headers as Record<string, string>);

describe('webhooks', () => {
  let api: RunningApi;
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    receiver = await WebhookReceiver.start();
    api = await RunningApi.start({ PARLEY_WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8' });
  }, 90_000);
  afterAll(async () => {
    await api.stop();
    await receiver.stop();
    expect(api.log.errors).toEqual([]);
    // Addresses of receivers often hold a token.
    expect(JSON.stringify(api.log.lines)).not.toContain('token=');
  });

  const root = () => api.as('root', { roles: ['admin'] });
  const create = async (more: object = {}): Promise<Endpoint> => {
    const body = { url: `${receiver.url}?token=t`, ...more };
    const created = await root().post<Endpoint>(PATH, body);
    if (created.status !== 201) throw new Error(JSON.stringify(created.body));
    return created.body;
  };
  const get = async (id: string): Promise<Endpoint> => (await root().get<Endpoint>(`${PATH}/${id}`)).body;
  const deliveries = async (id: string, query = ''): Promise<Delivery[]> =>
    (await root().get<{ deliveries: Delivery[] }>(`${PATH}/${id}/deliveries${query}`)).body.deliveries;
  const remove = (id: string) => root().send(`${PATH}/${id}`, { method: 'DELETE' });
  const received = (meetingId: string, event: string): Promise<ReceivedWebhook> =>
    until(event, () =>
      receiver.received.find(({ json }) => json.meeting_id === meetingId && json.event === event),
    );

  it('tell of a meeting as the document does, each signed as Standard Webhooks', async () => {
    const endpoint = await create();
    const id = await api.meeting('ada');
    await api.as('ada').post(`/api/v1/meetings/${id}/join`, {});
    await api.as('grace').post(`/api/v1/meetings/${id}/join`, {});
    await api.as('grace').post(`/api/v1/meetings/${id}/chat`, { content: 'not for receivers' });
    await api.as('grace').post(`/api/v1/meetings/${id}/leave`);
    await api.as('grace').post(`/api/v1/meetings/${id}/join`, {});
    await api.as('ada').post(`/api/v1/meetings/${id}/end`);
    const ended = await received(id, 'meeting.ended');
    const events = receiver.events(id);
    expect(events.slice(0, 2)).toEqual(['meeting.created', 'meeting.started']);
    expect(events.filter(event => event === 'participant.joined')).toHaveLength(3);
    expect(events).not.toContain('chat.message');

    const iso = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
    const about = { meeting_id: id, timestamp: iso };
    expect((await received(id, 'meeting.started')).json).toEqual({
      event: 'meeting.started',
      ...about,
      data: { started_by: 'ada', started_at: iso },
    });
    const joined = receiver.received.find(
      ({ json }) => json.event === 'participant.joined' && json.data.user_id === 'grace',
    );
    expect(joined?.json).toEqual({
      event: 'participant.joined',
      ...about,
      data: { user_id: 'grace', role: 'attendee', joined_at: iso },
    });
    expect(ended.json).toEqual({
      event: 'meeting.ended',
      ...about,
      data: { ended_by: 'ada', ended_at: iso, duration_minutes: 0, participant_count: 2 },
    });
    for (const one of receiver.received) {
      expect(standard(endpoint.secret, one)).toEqual(one.json);
      expect(one.headers).not.toHaveProperty('x-jitsi-signature');
    }
    expect(new Set(receiver.received.map(one => one.id)).size).toBe(receiver.received.length);
    await until('all to be noted', async () => (await get(endpoint.endpoint_id)).pending === 0);
    await remove(endpoint.endpoint_id);
  });

  it('speak as Jitsi does where that is wished for, with its signature', async () => {
    const endpoint = await create({ format: 'jitsi' });
    const id = await api.meeting('ada');
    await api.as('ada', { email: 'ada@example.org' }).post(`/api/v1/meetings/${id}/join`, {});
    await api.as('ada').post(`/api/v1/meetings/${id}/recording/start`);
    const find = (event: string) =>
      until(event, () =>
        receiver.received.find(({ json }) => json.event === event && json.data.conferenceId === id),
      );
    const [created, joined, recording] = [
      await find('conference.created'),
      await find('participant.joined'),
      await find('recording.started'),
    ];
    const timestamp = expect.any(String);
    expect(created.json).toEqual({
      event: 'conference.created',
      timestamp,
      data: { conferenceId: id, name: 'Team Standup', creator: 'ada' },
    });
    expect(joined.json).toEqual({
      event: 'participant.joined',
      timestamp,
      data: {
        conferenceId: id,
        participantId: expect.any(String),
        displayName: 'ada',
        email: 'ada@example.org',
      },
    });
    expect(recording.json.data).toEqual({
      conferenceId: id,
      recordingId: expect.any(String),
      initiator: 'ada',
    });
    for (const one of [created, joined, recording]) {
      const signature = String(one.headers['x-jitsi-signature']);
      expect(verifyJitsi(one.json, signature, endpoint.secret)).toBe(true);
      expect(verifyJitsi({ ...one.json, event: 'other' }, signature, endpoint.secret)).toBe(false);
      expect(standard(endpoint.secret, one)).toEqual(one.json);
    }
    await remove(endpoint.endpoint_id);
  });

  it('tell only of what is named, of public words only where they are named', async () => {
    const endpoint = await create({ events: ['chat.message'] });
    const id = await api.meeting('ada');
    for (const user of ['ada', 'grace']) await api.as(user).post(`/api/v1/meetings/${id}/join`, {});
    const say = (content: string, more = {}) =>
      api.as('ada').post(`/api/v1/meetings/${id}/chat`, { content, ...more });
    await say('psst', { recipient_id: 'grace' });
    await say('hello');
    const heard = await received(id, 'chat.message');
    expect(heard.json.data).toMatchObject({ sender_id: 'ada', content: 'hello', message_type: 'text' });
    expect(receiver.events(id)).toEqual(['chat.message']);
    await remove(endpoint.endpoint_id);
  });

  it('a test is sent at once, and answered with what happened', async () => {
    const endpoint = await create();
    const sent = await root().post(`${PATH}/${endpoint.endpoint_id}/test`);
    expect(sent).toMatchObject({ status: 200, body: { delivered: true, status: 204, error: null } });
    const test = receiver.received.find(({ json }) => json.event === 'webhook.test');
    expect(test?.json.data).toEqual({ endpoint_id: endpoint.endpoint_id });
    expect(standard(endpoint.secret, test!)).toEqual(test?.json);
    receiver.answer = (_one, response) => void response.writeHead(418).end();
    expect((await root().post(`${PATH}/${endpoint.endpoint_id}/test`)).body).toMatchObject({
      delivered: false,
      status: 418,
      error: 'the receiver answered 418',
    });
    receiver.answer = (_one, response) => void response.writeHead(204).end();
    const once = { 'idempotency-key': 'once' };
    const before = receiver.received.length;
    const [first, second] = [
      await root().post(`${PATH}/${endpoint.endpoint_id}/test`, undefined, once),
      await root().post(`${PATH}/${endpoint.endpoint_id}/test`, undefined, once),
    ];
    expect(second.body).toEqual(first.body);
    expect(receiver.received.length).toBe(before + 1);
    // The same key for another endpoint is another request.
    const other = await create();
    await root().post(`${PATH}/${other.endpoint_id}/test`, undefined, once);
    expect(receiver.received.at(-1)?.json.data).toEqual({ endpoint_id: other.endpoint_id });
    await remove(other.endpoint_id);
    await remove(endpoint.endpoint_id);
  });

  it('after a rotation the new secret signs, and the one before as well', async () => {
    const endpoint = await create();
    const rotated = await root().post<Endpoint>(`${PATH}/${endpoint.endpoint_id}/rotate-secret`);
    expect(rotated.body.secret).not.toBe(endpoint.secret);
    expect((await get(endpoint.endpoint_id)).secret).toBe(rotated.body.secret);
    const id = await api.meeting('ada');
    const one = await received(id, 'meeting.started');
    expect(standard(rotated.body.secret, one)).toEqual(one.json);
    expect(standard(endpoint.secret, one)).toEqual(one.json);
    expect(String(one.headers['webhook-signature']).split(' ')).toHaveLength(2);
    await remove(endpoint.endpoint_id);
  });

  it('can be changed, disabled and enabled, and no secret or address stands in the log that is shown', async () => {
    const endpoint = await create({ description: 'first' });
    const path = `${PATH}/${endpoint.endpoint_id}`;
    const changed = await root().put<Endpoint>(path, {
      events: ['meeting.ended', 'meeting.started'],
      enabled: false,
      description: '',
    });
    expect(changed).toMatchObject({
      status: 200,
      body: {
        events: ['meeting.started', 'meeting.ended'],
        status: 'disabled',
        disabled_reason: 'by-admin',
        description: null,
      },
    });
    const missed = await api.meeting('ada');
    expect((await root().put<Endpoint>(path, { enabled: true })).body).toMatchObject({
      status: 'enabled',
      disabled_reason: null,
    });
    const id = await api.meeting('ada');
    await received(id, 'meeting.started');
    expect(receiver.events(missed)).toEqual([]);
    const log = JSON.stringify((await root().get('/api/v1/events?limit=1000')).body);
    expect(log).toContain('WebhookEndpointChanged');
    expect(log).not.toContain('token=');
    expect(log).not.toContain('whsec_');
    await remove(endpoint.endpoint_id);
  });

  it('are listed, and gone once they are removed', async () => {
    const endpoint = await create({ url: `${receiver.url}/listed` });
    const list = async () =>
      (await root().get<{ webhooks: Endpoint[] }>(PATH)).body.webhooks.map(one => one.endpoint_id);
    expect(await list()).toContain(endpoint.endpoint_id);
    expect(await get(endpoint.endpoint_id)).toMatchObject({
      secret: endpoint.secret,
      configured: false,
      pending: 0,
      created_by: 'root',
    });
    expect((await remove(endpoint.endpoint_id)).status).toBe(204);
    expect(await list()).not.toContain(endpoint.endpoint_id);
    const gone = { status: 404, body: { error: { code: 'WEBHOOK_NOT_FOUND' } } };
    expect(await root().get(`${PATH}/${endpoint.endpoint_id}`)).toMatchObject(gone);
    expect(await remove(endpoint.endpoint_id)).toMatchObject(gone);
    const id = await api.meeting('ada');
    await api.as('ada').get(`/api/v1/meetings/${id}`);
    expect(receiver.events(id)).toEqual([]);
  });

  it('tell again from a position on, in order and with the same ids, or of one thing alone', async () => {
    const early = await api.meeting('ada');
    const endpoint = await create({ events: ['meeting.created', 'meeting.started', 'meeting.ended'] });
    const path = `${PATH}/${endpoint.endpoint_id}`;
    const id = await api.meeting('ada');
    await api.as('ada').post(`/api/v1/meetings/${id}/end`);
    await received(id, 'meeting.ended');
    await until('all to be noted', async () => (await get(endpoint.endpoint_id)).pending === 0);
    expect(receiver.events(early)).toEqual([]);
    const known = await deliveries(endpoint.endpoint_id);
    expect(known.map(({ event, status }) => [event, status])).toEqual([
      ['meeting.ended', 'delivered'],
      ['meeting.started', 'delivered'],
      ['meeting.created', 'delivered'],
    ]);
    const before = receiver.received.filter(({ json }) => json.meeting_id === id);

    receiver.received.length = 0;
    const [from] = known.slice(-2);
    const again = await root().post(`${path}/redeliver`, { from_position: from?.position });
    expect(again).toMatchObject({ status: 202, body: { from_position: from?.position, delivery_id: null } });
    await received(id, 'meeting.ended');
    expect(receiver.received.map(one => [one.id, one.body])).toEqual(
      before.slice(1).map(one => [one.id, one.body]),
    );

    receiver.received.length = 0;
    const [last] = known;
    expect(await root().post(`${path}/redeliver`, { delivery_id: last?.delivery_id })).toMatchObject({
      status: 202,
    });
    expect((await received(id, 'meeting.ended')).id).toBe(before.at(-1)?.id);

    // From the beginning: also of what happened before the endpoint was there.
    await root().post(`${path}/redeliver`, { from_position: 0 });
    await until('the earlier meeting', () => receiver.events(early).length === 2);
    expect(receiver.events(early)).toEqual(['meeting.created', 'meeting.started']);
    await remove(endpoint.endpoint_id);
  });

  it('deliveries are shown by status and in pages, the latest first', async () => {
    const endpoint = await create({ events: ['meeting.created', 'meeting.started'] });
    await api.meeting('ada');
    await api.meeting('ada');
    await until(
      'all',
      async () => (await deliveries(endpoint.endpoint_id, '?status=delivered')).length === 4,
    );
    const path = `${PATH}/${endpoint.endpoint_id}/deliveries`;
    const page = await root().get<{ deliveries: Delivery[]; next_before: number }>(`${path}?limit=3`);
    const rest = await root().get<{ deliveries: Delivery[]; next_before: number | null }>(
      `${path}?limit=3&before=${page.body.next_before}`,
    );
    const positions = [...page.body.deliveries, ...rest.body.deliveries].map(({ position }) => position);
    expect(positions).toEqual([...new Set(positions)].sort((a, b) => b - a));
    expect([positions.length, rest.body.next_before]).toEqual([4, null]);
    expect(await deliveries(endpoint.endpoint_id, '?status=failed')).toEqual([]);
    expect(page.body.deliveries[0]).toMatchObject({ attempts: 1, last_status: 204, last_error: null });
    await remove(endpoint.endpoint_id);
  });

  it('a repeat of a request with the same Idempotency-Key creates no second endpoint', async () => {
    const key = { 'idempotency-key': 'create-once' };
    const body = { url: `${receiver.url}/once` };
    const [first, second] = [
      await root().post<Endpoint>(PATH, body, key),
      await root().post<Endpoint>(PATH, body, key),
    ];
    expect(second.body).toEqual(first.body);
    await remove(first.body.endpoint_id);
  });
});

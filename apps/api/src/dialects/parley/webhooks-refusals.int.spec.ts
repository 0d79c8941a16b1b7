import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningApi } from '../../testing/running-api.js';

const PATH = '/api/v1/webhooks';
interface Endpoint {
  readonly endpoint_id: string;
}

describe('webhooks refuse', () => {
  let api: RunningApi;
  let id: string;
  const root = () => api.as('root', { roles: ['admin'] });
  const remove = (endpointId: string) => root().send(`${PATH}/${endpointId}`, { method: 'DELETE' });
  beforeAll(async () => {
    api = await RunningApi.start({ PARLEY_WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8' });
    id = (
      await root().post<Endpoint>(PATH, { url: 'https://hooks.example.org', events: ['meeting.cancelled'] })
    ).body.endpoint_id;
  }, 90_000);
  afterAll(async () => {
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });

  const routes: [string, string, unknown?][] = [
    ['POST', '', { url: 'https://hooks.example.org' }],
    ['GET', ''],
    ['GET', '/{id}'],
    ['PUT', '/{id}', {}],
    ['DELETE', '/{id}'],
    ['POST', '/{id}/test'],
    ['POST', '/{id}/rotate-secret'],
    ['GET', '/{id}/deliveries'],
    ['POST', '/{id}/redeliver', { from_position: 0 }],
  ];
  const call = (rest: ReturnType<typeof root>, [method, path, body]: (typeof routes)[number], at = id) =>
    rest.send(PATH + path.replace('{id}', at), {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
    });

  it.each(routes)('%s /webhooks%s is for the role admin alone', async (...route) => {
    for (const roles of [[], ['analyst'], ['guest']]) {
      expect(await call(api.as('mallory', { roles }), route)).toMatchObject({
        status: 403,
        body: { error: { code: 'INSUFFICIENT_PERMISSIONS' } },
      });
    }
    expect((await call(api.withToken(), route)).status).toBe(401);
  });

  it.each(routes.filter(([, path]) => path !== ''))(
    '%s /webhooks%s knows no other endpoint',
    async (...route) => {
      expect(await call(root(), route, 'nobody')).toMatchObject({
        status: 404,
        body: { error: { code: 'WEBHOOK_NOT_FOUND' } },
      });
      expect((await call(root(), route, 'no~body')).status).toBe(400);
    },
  );

  it.each([
    ['url', {}],
    ['url', { url: 5 }],
    ['url', { url: 'hooks.example.org' }],
    ['url', { url: 'ftp://hooks.example.org' }],
    ['url', { url: 'https://ada:secret@hooks.example.org' }],
    ['url', { url: 'https://10.0.0.1' }],
    ['url', { url: 'https://[::ffff:10.0.0.1]' }],
    ['url', { url: 'http://167772161/' }],
    ['url', { url: 'http://8.8.8.8/' }],
    ['events', { url: 'https://hooks.example.org', events: ['meeting.opened'] }],
    ['events', { url: 'https://hooks.example.org', events: 'meeting.started' }],
    ['format', { url: 'https://hooks.example.org', format: 'zoom' }],
    ['secret', { url: 'https://hooks.example.org', secret: 'mine' }],
  ])('a bad %s is named: %j', async (field, body) => {
    const refused = await root().post<{ error: { details: object } }>(PATH, body);
    expect(refused).toMatchObject({ status: 400, body: { error: { code: 'VALIDATION_FAILED' } } });
    expect(refused.body.error.details).toHaveProperty(field);
  });

  it.each([
    ['url', { url: `https://hooks.example.org/${'x'.repeat(2048)}` }],
    ['description', { url: 'https://hooks.example.org', description: 'x'.repeat(201) }],
  ])('a %s that is too long is named', async (field, body) => {
    const refused = await root().post<{ error: { details: object } }>(PATH, body);
    expect(refused.status).toBe(400);
    expect(refused.body.error.details).toHaveProperty(field);
  });

  it.each([
    ['from_position', {}],
    ['from_position', { from_position: -1 }],
    ['from_position', { from_position: 1e15 }],
    ['delivery_id', { from_position: 1, delivery_id: 'msg_1' }],
    ['delivery_id', { delivery_id: 'msg_1' }],
  ])('a bad %s of a redelivery is named: %j', async (field, body) => {
    const refused = await root().post<{ error: { details: object } }>(`${PATH}/${id}/redeliver`, body);
    expect(refused.status).toBe(400);
    expect(refused.body.error.details).toHaveProperty([field]);
  });

  it('there are no more than 50', async () => {
    const made: string[] = [];
    for (;;) {
      const { status, body } = await root().post<Endpoint>(PATH, {
        url: `http://127.0.0.1:1/${made.length}`,
      });
      if (status !== 201) break;
      made.push(body.endpoint_id);
    }
    expect((await root().get<{ webhooks: Endpoint[] }>(PATH)).body.webhooks).toHaveLength(50);
    for (const one of made) expect((await remove(one)).status).toBe(204);
  });
});

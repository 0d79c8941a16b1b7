import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningApi } from '../testing/running-api.js';

interface Operation {
  readonly summary?: string;
  readonly parameters?: { name: string; in: string; schema?: unknown; required?: boolean }[];
  readonly requestBody?: { content?: Record<string, { schema?: unknown }> };
  readonly responses?: Record<
    string,
    { description?: string; content?: Record<string, { example?: unknown; schema?: unknown }> }
  >;
  readonly security?: unknown[];
  readonly tags?: string[];
}
interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> };
}

const ROUTES = [
  'get /health',
  'get /metrics',
  'post /api/v1/auth/guest',
  'put /api/v1/rooms/{name}',
  'get /api/v1/rooms/{name}',
  'post /api/v1/meetings',
  'get /api/v1/meetings/{id}',
  'post /api/v1/meetings/{id}/start',
  'post /api/v1/meetings/{id}/end',
  'post /api/v1/meetings/{id}/cancel',
  'get /api/v1/meetings/{id}/status',
  'post /api/v1/meetings/{id}/join',
  'post /api/v1/meetings/{id}/leave',
  'get /api/v1/meetings/{id}/participants',
  'put /api/v1/meetings/{id}/participants/status',
  'put /api/v1/meetings/{id}/participants/{userId}/status',
  'put /api/v1/meetings/{id}/participants/{userId}/role',
  'delete /api/v1/meetings/{id}/participants/{userId}',
  'post /api/v1/meetings/{id}/security/policy',
  'get /api/v1/meetings/{id}/security/policy',
  'post /api/v1/meetings/{id}/token',
  'post /api/v1/meetings/{id}/chat',
  'get /api/v1/meetings/{id}/chat',
  'post /api/v1/meetings/{id}/recording/start',
  'post /api/v1/meetings/{id}/recording/stop',
  'get /api/v1/meetings/{id}/waiting-room',
  'post /api/v1/meetings/{id}/waiting-room/{answer}',
  'post /api/v1/meetings/{id}/waiting-room/{userId}/{answer}',
  'post /api/v1/meetings/{id}/breakout-rooms',
  'get /api/v1/meetings/{id}/breakout-rooms',
  'delete /api/v1/meetings/{id}/breakout-rooms',
  'post /api/v1/meetings/{id}/breakout-rooms/assign',
  'post /api/v1/meetings/{id}/breakout-rooms/auto-assign',
  'post /api/v1/meetings/{id}/breakout-rooms/{roomId}/join',
  'post /api/v1/meetings/{id}/breakout-rooms/return',
  'post /api/v1/meetings/{id}/breakout-rooms/broadcast',
  'get /api/v1/meetings/{id}/events',
  'get /api/v1/meetings/{id}/state',
  'get /api/v1/meetings/{id}/diff',
  'get /api/v1/events',
  'get /api/v1/recordings',
  'get /api/v1/recordings/{id}',
  'get /api/v1/recordings/{id}/download',
  'delete /api/v1/users/{userId}',
  'post /api/v1/admin/read-models/rebuild',
  'post /api/v1/webhooks',
  'get /api/v1/webhooks',
  'get /api/v1/webhooks/{id}',
  'put /api/v1/webhooks/{id}',
  'delete /api/v1/webhooks/{id}',
  'post /api/v1/webhooks/{id}/test',
  'post /api/v1/webhooks/{id}/rotate-secret',
  'get /api/v1/webhooks/{id}/deliveries',
  'post /api/v1/webhooks/{id}/redeliver',
];
const PUBLIC = ['get /health', 'get /metrics', 'post /api/v1/auth/guest'];

describe('the OpenAPI document', () => {
  let api: RunningApi;
  let document: Document;
  let operations: [route: string, operation: Operation][];
  beforeAll(async () => {
    api = await RunningApi.start();
    document = (await api.withToken().get<Document>('/docs-json')).body;
    operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]): [string, Operation] => [
        `${method} ${path}`,
        operation,
      ]),
    );
  }, 90_000);
  afterAll(async () => {
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });

  const lacking = (holds: (operation: Operation, route: string) => boolean): string[] =>
    operations.filter(([route, operation]) => !holds(operation, route)).map(([route]) => route);

  it('is shown to people at /docs, with the scripts it needs', async () => {
    const page = await api.withToken().get<string>('/docs');
    expect([page.status, page.headers.get('content-type')]).toEqual([
      200,
      expect.stringMatching(/^text\/html/),
    ]);
    const scripts = [...page.body.matchAll(/<script[^>]+src="([^"]+)"/g)].map(match => match[1] ?? '');
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) {
      expect((await api.withToken().get(new URL(script, `${api.address}/docs`).pathname)).status).toBe(200);
    }
    // Scripts inside the page would not run under the content security policy.
    expect(page.body).not.toMatch(/<script>(?!\s*<\/script>)/);
  });

  it('is of OpenAPI 3 and lists every route and no other', () => {
    expect(document.openapi).toMatch(/^3\./);
    expect(operations.map(([route]) => route).sort()).toEqual([...ROUTES].sort());
  });

  it('says in a sentence what each route does, under a tag', () => {
    expect(lacking(({ summary = '' }) => summary.length > 10)).toEqual([]);
    expect(lacking(({ tags = [] }) => tags.length === 1)).toEqual([]);
  });

  it('names each parameter of the path, with its type', () => {
    expect(
      lacking(({ parameters = [] }, route) =>
        [...route.matchAll(/\{(\w+)\}/g)].every(([, name]) =>
          parameters.some(one => one.name === name && one.in === 'path' && one.required && one.schema),
        ),
      ),
    ).toEqual([]);
    expect(
      lacking(({ parameters = [] }, route) =>
        parameters.every(one => one.in !== 'path' || route.includes(`{${one.name}}`)),
      ),
    ).toEqual([]);
  });

  it('asks for a token wherever the api does', () => {
    expect(lacking(({ security = [] }, route) => PUBLIC.includes(route) === (security.length === 0))).toEqual(
      [],
    );
    expect(document.components.securitySchemes).toMatchObject({ bearer: { type: 'http', scheme: 'bearer' } });
  });

  it('describes each answer, and shows an example of each that has a body', () => {
    const described = ({ responses = {} }: Operation): boolean =>
      Object.keys(responses).length > 0 &&
      Object.values(responses).every(one => (one.description ?? '').length > 3);
    expect(lacking(described)).toEqual([]);
    const good = ({ responses = {} }: Operation) =>
      Object.entries(responses).find(([status]) => /^2/.test(status))?.[1];
    expect(
      lacking((operation, route) => {
        if (route.endsWith('/download') || route === 'get /metrics' || operation.responses?.['204'])
          return true;
        return good(operation)?.content?.['application/json']?.example !== undefined;
      }),
    ).toEqual([]);
  });

  it('tells of the errors that each route can answer, at least a missing token and a wrong request', () => {
    expect(
      lacking(
        ({ responses = {} }, route) => PUBLIC.includes(route) || ['401'].every(status => status in responses),
      ),
    ).toEqual([]);
    expect(lacking(({ responses = {} }, route) => !route.includes('{id}') || '404' in responses)).toEqual([]);
  });

  it('tells of the Idempotency-Key wherever something is done', () => {
    expect(
      lacking(
        ({ parameters = [], security = [] }, route) =>
          (!route.startsWith('get') && !route.includes('admin') && security.length > 0) ===
          parameters.some(one => one.name === 'Idempotency-Key'),
      ),
    ).toEqual([]);
  });

  it('the examples have the fields of the answers that are really given', async () => {
    const ada = api.as('ada', { email: 'ada@example.org' });
    const fields = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.slice(0, 1).map(fields);
      if (typeof value !== 'object' || value === null) return null;
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fields(inner)]));
    };
    const agrees = async (
      method: 'get' | 'post' | 'put',
      route: string,
      path: string,
      body?: unknown,
    ): Promise<unknown> => {
      const answer = method === 'get' ? await ada.get(path) : await ada[method](path, body);
      const example = operations.find(([name]) => name === `${method} ${route}`)?.[1].responses?.[
        answer.status
      ]?.content?.['application/json']?.example;
      expect([route, fields(answer.body)]).toEqual([route, fields(example)]);
      return answer.body;
    };
    const room = '/api/v1/rooms/{name}';
    const meeting = '/api/v1/meetings/{id}';
    await agrees('put', room, '/api/v1/rooms/examples', {});
    await agrees('put', room, '/api/v1/rooms/examples', {});
    await agrees('post', '/api/v1/auth/guest', '/api/v1/auth/guest', { display_name: 'Ada' });
    const created = await agrees('post', '/api/v1/meetings', '/api/v1/meetings', { title: 'x' });
    const here = `/api/v1/meetings/${(created as { meeting_id: string }).meeting_id}`;
    const planned = await agrees('post', '/api/v1/meetings', '/api/v1/meetings', { title: 'y' });
    const there = `/api/v1/meetings/${(planned as { meeting_id: string }).meeting_id}`;
    await agrees('post', `${meeting}/cancel`, `${there}/cancel`);
    await agrees('post', `${meeting}/start`, `${here}/start`);
    await agrees('post', `${meeting}/join`, `${here}/join`, {});
    await agrees('get', meeting, here);
    await agrees('get', `${meeting}/status`, `${here}/status`);
    await agrees('get', `${meeting}/participants`, `${here}/participants`);
    await agrees('put', `${meeting}/participants/status`, `${here}/participants/status`, {});
    await agrees('put', `${meeting}/participants/{userId}/status`, `${here}/participants/ada/status`, {});
    await agrees('put', `${meeting}/participants/{userId}/role`, `${here}/participants/ada/role`, {
      role: 'host',
    });
    await agrees('post', `${meeting}/security/policy`, `${here}/security/policy`, {
      max_participants: 50,
      allowed_domains: ['example.com'],
    });
    await agrees('get', `${meeting}/security/policy`, `${here}/security/policy`);
    await agrees('post', `${meeting}/chat`, `${here}/chat`, { content: 'x' });
    await agrees('get', `${meeting}/chat`, `${here}/chat`);
    await agrees('post', `${meeting}/recording/start`, `${here}/recording/start`);
    await agrees('post', `${meeting}/recording/stop`, `${here}/recording/stop`);
    await agrees('post', `${meeting}/leave`, `${here}/leave`);
    await agrees('post', `${meeting}/end`, `${here}/end`);
    await agrees('get', '/health', '/health');
  });

  it('every reference leads somewhere, and every body has a schema', () => {
    const text = JSON.stringify(document);
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      expect(Object.keys(document.components.schemas)).toContain(name);
    }
    expect(
      lacking(
        ({ requestBody }) => !requestBody || requestBody.content?.['application/json']?.schema !== undefined,
      ),
    ).toEqual([]);
  });
});

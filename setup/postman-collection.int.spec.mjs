import { beforeAll, describe, expect, it } from '@jest/globals';
import { postmanCollection } from './postman-collection.mjs';

const good = {
  description: 'Done',
  content: { 'application/json': { schema: { type: 'object' }, example: { done: true } } },
};
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string', example: '01HX' } };
const count = { name: 'count', in: 'query', required: false, schema: { type: 'number' } };
const bearer = [{ bearer: [] }];

/** As Nest makes it of a small api. */
const OPEN_API = {
  openapi: '3.0.0',
  info: { title: 'Small', version: '1', description: 'A small api.' },
  paths: {
    '/health': {
      get: { operationId: 'h', summary: 'Health', tags: ['Operations'], responses: { 200: good } },
    },
    '/api/v1/things/{id}': {
      get: {
        operationId: 't',
        summary: 'A thing',
        tags: ['Things'],
        parameters: [id, count],
        security: bearer,
        responses: { 200: good, 404: { description: 'None' } },
      },
    },
    '/api/v1/meetings/{id}/chat': {
      post: {
        operationId: 'c',
        summary: 'Write',
        tags: ['Chat'],
        parameters: [id],
        security: bearer,
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Body' } } } },
        responses: { 200: good },
      },
    },
  },
  components: {
    securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    schemas: {
      Body: {
        type: 'object',
        required: ['content'],
        properties: {
          content: { type: 'string', example: 'Hello' },
          kind: { type: 'string', default: 'text' },
          unknown: { type: 'string' },
          people: { type: 'array', items: { $ref: '#/components/schemas/Person' } },
        },
      },
      Person: { type: 'object', properties: { name: { type: 'string', example: 'Ada' } } },
    },
  },
};

describe('the Postman collection of an api', () => {
  /** @type {any} */
  let collection;
  beforeAll(async () => {
    collection = await postmanCollection(OPEN_API);
  });
  /** @param {string} folder */
  const first = folder => collection.item.find((/** @type {any} */ one) => one.name === folder).item[0];

  it('is the same each time, without an id in it', async () => {
    expect(await postmanCollection(OPEN_API)).toEqual(collection);
    expect(JSON.stringify(collection)).not.toMatch(/"(_postman_)?id":/);
  });

  it('has the meetings document’s folders first, and a request for each route', () => {
    expect(collection.item.map((/** @type {any} */ one) => [one.name, one.item.length])).toEqual([
      ['Chat', 1],
      ['Operations', 1],
      ['Things', 1],
    ]);
  });

  it('takes address, token and meeting from variables, and no token where none is needed', () => {
    expect(collection.variable.map((/** @type {any} */ { key }) => key)).toEqual([
      'baseUrl',
      'token',
      'meetingId',
    ]);
    expect(collection.auth.bearer[0].value).toBe('{{token}}');
    expect(first('Chat').request.auth).toBeUndefined();
    expect(first('Operations').request.auth).toEqual({ type: 'noauth' });
    expect(first('Chat').request.url).toMatchObject({
      host: ['{{baseUrl}}'],
      variable: [{ key: 'id', value: '{{meetingId}}' }],
    });
    expect(first('Things').request.url).toMatchObject({
      variable: [{ key: 'id', value: '01HX' }],
      query: [{ key: 'count', value: '<count>', disabled: true }],
    });
  });

  it('shows the examples of bodies and of good answers', () => {
    expect(JSON.parse(first('Chat').request.body.raw)).toEqual({
      content: 'Hello',
      kind: 'text',
      people: [{ name: 'Ada' }],
    });
    expect(first('Things').response).toHaveLength(1);
    expect(JSON.parse(first('Things').response[0].body)).toEqual({ done: true });
  });
});

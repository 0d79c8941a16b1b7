/** A Postman collection of an OpenAPI document: what openapi-to-postmanv2 makes of it, and what that leaves open. */
import converter from 'openapi-to-postmanv2';

/** @typedef {any} Json a value of JSON, whose shape the OpenAPI and Postman documents say */

/** The folders of the meetings document come first, in its order. */
const FIRST = [
  'Meetings',
  'Participants',
  'Waiting room',
  'Chat',
  'Breakout rooms',
  'Security',
  'Recordings',
];

/** Where a parameter's name stands for one of the collection's variables, on these paths. */
const MEETING_PATH = /^\/api\/v1\/meetings\/\{id\}/;

/**
 * An example of a value: the one given for it, its default, or one made of its properties' examples.
 * @param {Json} schema @param {Json} schemas those that references lead to @returns {Json}
 */
const exampleOf = (schema, schemas) => {
  const { $ref, allOf, type, properties, required = [], items } = schema;
  if (schema.example !== undefined) return schema.example;
  if (schema.default !== undefined) return schema.default;
  if ($ref) return exampleOf(schemas[$ref.split('/').at(-1)], schemas);
  if (allOf) return exampleOf(allOf[0], schemas);
  if (schema.enum) return schema.enum[0];
  if (type === 'array' && items) {
    const item = exampleOf(items, schemas);
    return item === undefined ? [] : [item];
  }
  if (type === 'boolean') return false;
  // Nothing is known of what it holds.
  if (type !== 'object' || !schema.properties) return undefined;
  const fields = Object.entries(properties).map(([name, one]) => [name, exampleOf(one, schemas)]);
  for (const [name, value] of fields) {
    if (value === undefined && required.includes(name)) throw new Error(`${name} has no example`);
  }
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
};

/**
 * The OpenAPI document with an example of each request's body and of each parameter of a path, and with the good answers
 * alone, their examples where the converter looks for them.
 * @param {Json} openApi @returns {Json}
 */
const withExamples = openApi => {
  // Not structuredClone: parts that routes share must become each one's own.
  const document = JSON.parse(JSON.stringify(openApi));
  const { schemas } = document.components;
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const operation of Object.values(/** @type {Json} */ (methods))) {
      const body = operation.requestBody?.content?.['application/json'];
      if (body) body.example = exampleOf(body.schema, schemas) ?? {};
      for (const parameter of operation.parameters ?? []) {
        const { name, schema } = parameter;
        const isMeeting = parameter.in === 'path' && name === 'id' && MEETING_PATH.test(path);
        // Without any the converter makes one up, another one each time.
        parameter.example = isMeeting ? '{{meetingId}}' : (exampleOf(schema, schemas) ?? `<${name}>`);
      }
      operation.responses = Object.fromEntries(
        Object.entries(operation.responses).filter(([status]) => status.startsWith('2')),
      );
      for (const answer of Object.values(operation.responses)) {
        const content = /** @type {Json} */ (answer).content?.['application/json'];
        if (content?.example !== undefined) content.schema = { example: content.example };
      }
    }
  }
  return document;
};

/** @param {Json} value @returns {Json} the same without ids, which are others each time */
const withoutIds = value => {
  if (Array.isArray(value)) return value.map(withoutIds);
  if (typeof value !== 'object' || value === null) return value;
  const { id: _id, _postman_id, ...rest } = value;
  return Object.fromEntries(Object.entries(rest).map(([name, inner]) => [name, withoutIds(inner)]));
};

/** @param {Json} item @returns {Json[]} the requests in a folder, at any depth */
const requestsIn = item => (item.item ? item.item.flatMap(requestsIn) : [item]);

/**
 * The collection as it is to be imported: variables for the address, the token and the meeting; the token with every
 * request but those that need none; folders in the order of the meetings document; the same each time.
 * @param {Json} collection as the converter made it @param {Json} openApi what it made it of @returns {Json}
 */
const tidy = (collection, openApi) => {
  const { info, item, ...rest } = withoutIds(collection);
  for (const { request, response } of requestsIn({ item })) {
    // A body's fields named `id` would be gone; they stand in texts, which are left as they are.
    const path = `/${request.url.path.join('/').replace(/:(\w+)/g, '{$1}')}`;
    const operation = openApi.paths[path]?.[request.method.toLowerCase()];
    if (!operation) throw new Error(`${request.method} ${path} is not in the OpenAPI document`);
    if (!operation.security?.length) request.auth = { type: 'noauth' };
    else delete request.auth;
    for (const { originalRequest } of response) delete originalRequest.auth;
  }
  /** @param {{ name: string }} folder */
  const place = ({ name }) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
  return {
    info: { ...info, name: 'Parley: the meeting API' },
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}', type: 'string' }] },
    ...rest,
    variable: [
      { key: 'baseUrl', value: 'http://127.0.0.1:8080', description: 'Where Parley answers' },
      { key: 'token', value: '', description: 'A JWT: npm run --silent parley -- token --sub ada' },
      { key: 'meetingId', value: '', description: 'The meeting that the requests are about' },
    ],
    item: item.toSorted((/** @type {Json} */ one, /** @type {Json} */ other) => place(one) - place(other)),
  };
};

/**
 * A collection of every route of an OpenAPI document, the same each time it is made.
 * @param {Json} openApi @returns {Promise<Json>}
 */
export const postmanCollection = async openApi => {
  const made = await new Promise((resolve, reject) => {
    converter.convertV2(
      { type: 'json', data: withExamples(openApi) },
      {
        folderStrategy: 'Tags',
        parametersResolution: 'Example',
        includeAuthInfoInExample: false,
        alwaysInheritAuthentication: true,
        enableOptionalParameters: false,
      },
      (/** @type {{ message: string } | null} */ error, /** @type {Json} */ result) => {
        if (error) reject(new Error(error.message));
        else if (!result.result) reject(new Error(result.reason));
        else resolve(result.output[0].data);
      },
    );
  });
  return tidy(made, openApi);
};

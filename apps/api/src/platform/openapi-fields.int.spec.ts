import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { RunningApi } from '../testing/running-api.js';

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly nullable?: boolean;
  readonly $ref?: string;
  readonly [limit: string]: unknown;
}
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}
interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<
    Record<string, { content?: Record<string, { schema?: Schema; example?: unknown }> }>
  >;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}
/** As either dialect answers. */
interface Refusal {
  readonly error?: { readonly details?: object };
  readonly details?: object;
}
type Fits = (schema: Schema, value: unknown) => boolean;
type Fields = Readonly<Record<string, Schema>>;

/** What is checked after the fields' own rules, by what knows more: the document may forbid more than the rules do. */
const CHECKED_LATER = {
  events: 'the names of events a webhook can have are the domain’s',
  position: 'the moment is read by what knows the meeting',
};
/** Refused wherever it stands, so that no request is ever carried out. */
const UNKNOWN_FIELD = 'no_such_field';

const LIMITS = ['minimum', 'maximum', 'minLength', 'maxLength', 'maxItems'];
const LONGEST_TEXT = 20_000;
const LONGEST_LIST = 5000;
/** Bytes of a request's fields: less than it may have. */
const FITTING = 50_000;
const TEXTS = [
  ...['', ' ', 'x', 'a b', 'a.b', '*', 'a*', '1', '1.5', 'true', 'example.org', 'Example.ORG'],
  ...['2024-01-15T10:00:00Z', '2024-01-15T10:00:00', '2024-01-15', 'https://example.org/x'],
];

const fieldsNamed = ({ error, details }: Refusal): string[] => Object.keys(error?.details ?? details ?? {});

const around = (limits: readonly number[]): number[] =>
  [...new Set(limits.flatMap(limit => [limit - 1, limit, limit + 1]))].filter(
    // What lies beyond cannot be told from its neighbours.
    value => Math.abs(value) <= Number.MAX_SAFE_INTEGER + 1,
  );
const lengthsOf = (numbers: readonly number[]): number[] =>
  numbers.filter(length => length >= 0 && length <= LONGEST_TEXT);
const limitsOf = (fields: Fields): number[] =>
  Object.values(fields).flatMap(field => [
    ...LIMITS.map(limit => field[limit]).filter(limit => typeof limit === 'number'),
    ...(field.items ? limitsOf({ items: field.items }) : []),
  ]);
const enumsOf = (fields: Fields): unknown[] =>
  Object.values(fields).flatMap(field => [...(field.enum ?? []), ...(field.items?.enum ?? [])]);

/** Texts of these lengths: addresses, too, where some field holds one. */
const textsOf = (lengths: readonly number[], fields: Fields): string[] => {
  const texts = lengths.map(length => 'x'.repeat(length));
  const start = 'https://example.org/';
  const hasAddress = Object.values(fields).some(({ format }) => format === 'uri');
  return hasAddress ? texts.concat(lengths.map(length => start.padEnd(length, 'x'))) : texts;
};

/** Values at, below and above each limit that the document tells of, and such as would find a limit that it does not. */
const jsonProbes = (fields: Fields): unknown[] => {
  const numbers = around([...limitsOf(fields), 0, 2 ** 31, 2 ** 53 - 1]);
  const texts = [...TEXTS, ...textsOf(lengthsOf([...numbers, 5000]), fields)];
  const enums = enumsOf(fields);
  const odd = [null, true, false, 1.5, [], ['x'], {}, [7], [null], [{}], { a: 1 }];
  const probes = [...numbers, ...texts, ...enums, ...odd];
  if (Object.values(fields).every(({ type }) => type !== 'array')) return probes;
  const lengths = lengthsOf([...around(limitsOf(fields)), LONGEST_LIST]);
  const lists = lengths
    .filter(length => length <= LONGEST_LIST)
    .map(length => Array<string>(length).fill('a.b'));
  return [
    ...probes,
    ...lists,
    ...enums.map(one => [one]),
    ...texts.filter(text => text.length < 300).map(text => [text]),
  ];
};
/** A blank text is left out: that it is the number 0 is told nowhere. */
const queryProbes = (fields: Fields): string[] => {
  const numbers = around([...limitsOf(fields), 0, 2 ** 53 - 1]);
  const lengths = lengthsOf([...numbers, 999]).filter(length => length > 0 && length < 1000);
  const texts = TEXTS.filter(text => text.trim());
  return [...texts, ...numbers.map(String), ...textsOf(lengths, fields), ...enumsOf(fields).map(String)];
};

/** The fields in groups in which each can have the value, and the request be no longer than one may be. */
const groupsOf = (fields: Fields, value: unknown): Fields[] => {
  const size = Math.max(1, Math.floor(FITTING / (JSON.stringify(value).length + 50)));
  const entries = Object.entries(fields);
  return Array.from({ length: Math.ceil(entries.length / size) }, (_, group) =>
    Object.fromEntries(entries.slice(group * size, (group + 1) * size)),
  );
};

describe('what the OpenAPI document says of fields', () => {
  let api: RunningApi;
  let document: Document;
  let operations: [method: string, path: string, operation: Operation][];
  beforeAll(async () => {
    api = await RunningApi.start({ PARLEY_RATE_LIMITS: 'off' });
    document = (await api.withToken().get<Document>('/docs-json')).body;
    operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]): [string, string, Operation] => [
        method.toUpperCase(),
        path,
        operation,
      ]),
    );
  }, 90_000);
  afterAll(async () => {
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });

  /** The schema with what it refers to in its place; one that may be null refers by `allOf`, as generators read it. */
  const whole = ({ $ref, allOf, ...own }: Schema): Schema => {
    const named = $ref ? document.components.schemas[$ref.split('/').at(-1) ?? ''] : allOf?.[0];
    if (named) return { ...whole(named), ...own };
    return {
      ...own,
      ...(own.items && { items: whole(own.items) }),
      ...(own.properties && {
        properties: Object.fromEntries(
          Object.entries(own.properties).map(([name, one]) => [name, whole(one)]),
        ),
      }),
    };
  };
  const fieldsOf = (schema: Schema | undefined): Fields => schema?.properties ?? {};
  const bodyOf = ({ requestBody }: Operation): Schema | undefined => {
    const schema = requestBody?.content['application/json']?.schema;
    return schema && whole(schema);
  };
  const parametersOf = ({ parameters = [] }: Operation, place: string): Fields =>
    Object.fromEntries(
      parameters.filter(one => one.in === place).map(({ name, schema = {} }) => [name, whole(schema)]),
    );

  /** Each schema in the document that is of a request, or of an answer, with where it stands. */
  const everySchema = (): [where: string, schema: Schema][] => {
    const within = (where: string, schema: Schema): [string, Schema][] => [
      [where, schema],
      ...(schema.items ? within(`${where}[]`, schema.items) : []),
      ...Object.entries(fieldsOf(schema)).flatMap(([name, one]) => within(`${where}.${name}`, one)),
    ];
    return operations.flatMap(([method, path, operation]) => {
      const answers = Object.values(operation.responses).flatMap(({ content = {} }) =>
        Object.values(content).flatMap(({ schema }) => (schema ? [whole(schema)] : [])),
      );
      const body = bodyOf(operation);
      return [
        ...(operation.parameters ?? []).map(({ schema = {} }) => whole(schema)),
        ...answers,
        ...(body ? [body] : []),
      ].flatMap(schema => within(`${method} ${path}`, schema));
    });
  };

  it('names a type of each', () => {
    const types = ['string', 'integer', 'number', 'boolean', 'array', 'object'];
    expect(everySchema().length).toBeGreaterThan(200);
    expect(everySchema().filter(([, { type }]) => !types.includes(type ?? ''))).toEqual([]);
    expect(everySchema().filter(([, { type, items }]) => type === 'array' && !items)).toEqual([]);
  });

  it('says of each object what it may hold; answers, which are shown by an example, may hold anything', () => {
    const open = ({ type, properties, additionalProperties }: Schema): boolean =>
      type === 'object' && !properties && additionalProperties !== true;
    expect(everySchema().filter(([, schema]) => open(schema))).toEqual([]);
    const requests = operations.flatMap(([, , operation]) => [
      ...Object.values(parametersOf(operation, 'query')),
      ...(bodyOf(operation) ? [bodyOf(operation) as Schema] : []),
    ]);
    const isFree = (schema: Schema): boolean =>
      schema.additionalProperties === true || Object.values(fieldsOf(schema)).some(isFree);
    expect(requests.filter(isFree)).toEqual([]);
  });

  /** The fields that the api refuses, of a request that holds one that it does not know. */
  const refusedIn = async (method: string, path: string, body?: object): Promise<string[]> => {
    const root = api.as('root', { roles: ['admin', 'analyst'] });
    const { status, body: answer } = await root.send<Refusal>(path, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const refused = fieldsNamed(answer);
    if (status !== 400 || !refused.some(field => field.endsWith(UNKNOWN_FIELD)))
      throw new Error(`${method} ${path} was carried out: ${status} ${JSON.stringify(answer)}`);
    return refused;
  };
  const isNamed = (field: string, refused: readonly string[]): boolean =>
    refused.some(one => one === field || one.startsWith(`${field}.`));

  const ajv = new Ajv({
    strict: false,
    formats: {
      int64: true,
      'date-time': (text: string) => !Number.isNaN(Date.parse(text)),
      uri: (text: string) => URL.canParse(text),
    },
  });
  const fitsJson: Fits = (schema, value) => ajv.validate(schema, value);
  // In a query everything is text.
  const reader = new Ajv({ strict: false, coerceTypes: 'array', formats: ajv.formats });

  const fitsText: Fits = (schema, value) => reader.validate({ properties: { value: schema } }, { value });

  /** What the document and the api disagree about, when each of the fields has the value. */
  const disagreements = (
    fields: Fields,
    value: unknown,
    refused: readonly string[],
    fits: Fits,
    prefix = '',
  ): string[] =>
    Object.entries(fields).flatMap(([field, schema]) => {
      const allowed = fits(schema, value);
      const taken = !isNamed(prefix + field, refused);
      if (allowed === taken || (taken && field in CHECKED_LATER)) return [];
      const shown = JSON.stringify(value).slice(0, 60);
      return [`${prefix}${field}: ${shown} is ${allowed ? 'allowed but refused' : 'forbidden but taken'}`];
    });

  /** The objects in a body that have fields of their own, with the body that holds nothing but such a one. */
  const objectsIn = (
    schema: Schema,
    prefix = '',
    around: (inner: object) => object = inner => inner,
  ): { fields: Fields; required: readonly string[]; prefix: string; around: (inner: object) => object }[] => [
    { fields: fieldsOf(schema), required: schema.required ?? [], prefix, around },
    ...Object.entries(fieldsOf(schema)).flatMap(([name, one]) => {
      if (one.properties) return objectsIn(one, `${prefix}${name}.`, inner => around({ [name]: inner }));
      if (one.items?.properties)
        return objectsIn(one.items, `${prefix}${name}.0.`, inner => around({ [name]: [inner] }));
      return [];
    }),
  ];

  it('is what the api takes and refuses in bodies: types, limits, null, and what may be absent', async () => {
    const different: string[] = [];
    let probed = 0;
    const seen = new Set<string>();
    for (const [method, template, operation] of operations) {
      const path = template.replace(/\{\w+\}/g, 'x');
      const schema = bodyOf(operation);
      if (!schema || seen.has(JSON.stringify(schema))) continue;
      seen.add(JSON.stringify(schema));
      for (const { fields, required, prefix, around } of objectsIn(schema)) {
        const wrong: string[] = [];
        const refused = await refusedIn(method, path, around({ [UNKNOWN_FIELD]: 0 }));
        for (const field of Object.keys(fields)) {
          if (isNamed(prefix + field, refused) !== required.includes(field))
            wrong.push(`${field}: required?`);
        }
        for (const value of jsonProbes(fields)) {
          for (const group of groupsOf(fields, value)) {
            const body = Object.fromEntries(Object.keys(group).map(field => [field, value]));
            const named = await refusedIn(method, path, around({ ...body, [UNKNOWN_FIELD]: 0 }));
            wrong.push(...disagreements(group, value, named, fitsJson, prefix));
            probed += 1;
          }
        }
        different.push(...wrong.map(one => `${method} ${template} ${one}`));
      }
    }
    expect(different).toEqual([]);
    expect(probed).toBeGreaterThan(500);
  }, 120_000);

  it('is what the api takes and refuses in queries', async () => {
    const different: string[] = [];
    let probed = 0;
    for (const [method, template, operation] of operations) {
      const fields = parametersOf(operation, 'query');
      if (Object.keys(fields).length === 0) continue;
      const path = `${template.replace(/\{\w+\}/g, 'x')}?${UNKNOWN_FIELD}=0`;
      const refused = await refusedIn(method, path);
      for (const { name, required } of operation.parameters ?? []) {
        if (name in fields && isNamed(name, refused) !== (required === true))
          different.push(`${method} ${template} ${name}: required?`);
      }
      for (const value of queryProbes(fields)) {
        const query = Object.keys(fields).map(field => `&${field}=${encodeURIComponent(value)}`);
        const named = await refusedIn(method, path + query.join(''));
        const wrong = disagreements(fields, value, named, fitsText);
        different.push(...wrong.map(one => `${method} ${template} ${one}`));
        probed += 1;
      }
    }
    expect(different).toEqual([]);
    expect(probed).toBeGreaterThan(100);
  }, 120_000);

  it('is what the api takes and refuses in paths', async () => {
    const root = api.as('root', { roles: ['admin', 'analyst'] });
    const different: string[] = [];
    const probed = new Map<string, string>();
    for (const [method, template, operation] of operations) {
      // Where something else is needed, too, whichever of the two is looked at first would be refused.
      if (operation.requestBody || operation.parameters?.some(one => one.in === 'query' && one.required))
        continue;
      const fields = parametersOf(operation, 'path');
      for (const [field, schema] of Object.entries(fields)) {
        const same = `${field}: ${JSON.stringify(schema)}`;
        if (probed.has(same)) continue;
        probed.set(same, field);
        const lengths = [64, 65, ...around(limitsOf(fields))].filter(length => length > 0);
        for (const value of [
          'x',
          'a b',
          'ä',
          'a\nb',
          ...enumsOf(fields),
          ...lengths.map(n => 'x'.repeat(n)),
        ]) {
          const path = template.replace(/\{(\w+)\}/g, (_all, name: string) =>
            name === field
              ? encodeURIComponent(String(value))
              : ((fields[name]?.enum?.[0] as string | undefined) ?? 'x'),
          );
          const { status, body } = await root.send<Refusal>(path, { method });
          const refused = status === 400 ? fieldsNamed(body) : [];
          const wrong = disagreements({ [field]: schema }, value, refused, fitsJson);
          different.push(...wrong.map(one => `${method} ${template} ${one}`));
        }
      }
    }
    expect(different).toEqual([]);
    expect([...new Set(probed.values())].sort()).toEqual(['answer', 'id', 'name', 'roomId', 'userId']);
  }, 120_000);
});

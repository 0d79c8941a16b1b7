import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv, type ValidateFunction } from 'ajv';
import { asyncApiDocument } from './asyncapi-document.js';

interface Message {
  readonly name: string;
  readonly payload: object;
  readonly examples: readonly { readonly payload: object }[];
}
interface Document {
  readonly channels: Record<string, { readonly messages: Record<string, Message> }>;
  readonly operations: Record<string, { readonly messages: readonly { readonly $ref: string }[] }>;
}

/** Formats are hints; what counts is the structure. */
const ajv = (): Ajv => new Ajv({ strict: false, validateFormats: false, allErrors: true });

describe('the AsyncAPI document', () => {
  let document: Document;
  beforeAll(() => {
    document = asyncApiDocument() as Document;
  });
  const messages = (): [string, Message][] =>
    Object.entries(document.channels).flatMap(([channel, { messages: those }]) =>
      Object.entries(those).map(([key, message]): [string, Message] => [`${channel} ${key}`, message]),
    );
  const failures = (validate: ValidateFunction, value: unknown): unknown =>
    validate(value) ? [] : validate.errors;

  it('is one of AsyncAPI 3.0, as its own schema says', () => {
    const path = createRequire(import.meta.url).resolve('@asyncapi/specs/schemas/3.0.0.json');
    // It brings JSON Schema's own schema with it.
    const validate = new Ajv({
      strict: false,
      validateFormats: false,
      meta: false,
      validateSchema: false,
    }).compile(JSON.parse(readFileSync(path, 'utf8')) as object);
    expect(failures(validate, JSON.parse(JSON.stringify(document)))).toEqual([]);
    expect(validate({ ...document, asyncapi: '2.0.0' })).toBe(false);
  });

  it('is the same each time', () => {
    expect(asyncApiDocument()).toEqual(document);
  });

  it('shows of each message an example that fits it', () => {
    for (const [name, { payload, examples }] of messages()) {
      expect([name, failures(ajv().compile(payload), examples[0]?.payload)]).toEqual([name, []]);
    }
  });

  it('every message is sent by one side, and every reference leads to one', () => {
    const referred = Object.values(document.operations).flatMap(operation =>
      operation.messages.map(({ $ref }) => $ref),
    );
    const there = Object.entries(document.channels).flatMap(([channel, { messages: those }]) =>
      Object.keys(those).map(key => `#/channels/${channel}/messages/${key}`),
    );
    expect(referred.sort()).toEqual(there.sort());
  });
});

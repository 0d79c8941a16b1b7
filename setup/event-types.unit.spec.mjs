import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEventTypes } from './event-types.mjs';

const DOCUMENTED = `
type IsoTime = string;
type Integer = number;
interface DomainEvent<Type extends string, Data> { readonly type: Type; readonly data: Data }
interface Size {
  /** In metres. */
  height: number;
  /** In steps. */
  steps?: Integer;
}
/**
 * A door
 * was opened.
 * @by anybody
 */
type Opened = DomainEvent<'Opened', {
  /** Id of the door. */
  door: string;
  /** How far. */
  to: 'wide' | 'ajar';
  /** Of the door. */
  size?: Size;
  /** When. */
  at: IsoTime;
  /**
   * Who.
   * @secret
   */
  by: string | undefined;
}>;
/** Doors. @stream door-<door> */
type DoorEvent = Opened;
`;

describe('readEventTypes', () => {
  /** @type {string} */
  let directory;
  /** @param {string} text */
  const read = text => {
    const file = join(directory, 'any-event.ts');
    writeFileSync(file, text);
    return readEventTypes(file);
  };
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'parley-event-types-'));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  it('takes meaning, stream, who may cause it and fields from the types', () => {
    expect(read(`${DOCUMENTED}\nexport type AnyEvent = DoorEvent;`)).toEqual({
      streams: { 'door-<door>': 'Doors.' },
      events: {
        Opened: {
          stream: 'door-<door>',
          meaning: 'A door was opened.',
          by: 'anybody',
          fields: [
            { path: 'door', kind: 'text', optional: false, meaning: 'Id of the door.' },
            { path: 'to', kind: 'text', values: ['ajar', 'wide'], optional: false, meaning: 'How far.' },
            { path: 'size', kind: 'object', optional: true, meaning: 'Of the door.' },
            { path: 'size.height', kind: 'number', optional: true, meaning: 'In metres.' },
            { path: 'size.steps', kind: 'integer', optional: true, meaning: 'In steps.' },
            { path: 'at', kind: 'time', optional: false, meaning: 'When.' },
            { path: 'by', kind: 'text', optional: false, secret: true, meaning: 'Who.' },
          ],
        },
      },
      missing: [],
    });
  });

  it('names every event and field that lacks a meaning, and what it has no word for', () => {
    const { missing } = read(`${DOCUMENTED}
      type Shut = DomainEvent<'Shut', { door: string; by: never }>;
      export type AnyEvent = DoorEvent | Shut;`);
    expect(missing).toEqual([
      'Shut has no @stream, nor has a union that it is in',
      'Shut has no docstring',
      'Shut has no @by (who may cause it)',
      'Shut.door has no docstring',
      'Shut.by is of a type that the catalogue has no word for: never',
    ]);
  });

  it('refuses a union that holds something else than events', () => {
    expect(() => read(`type Bare = { a: 1 }; export type AnyEvent = Bare;`)).toThrow(
      'Bare is no event: it has no type',
    );
  });
});

import { EVENT_CATALOGUE } from '#libs/domain';
import { snakeCase } from './snake-case.js';

/** A field of an event's data, as the catalogue describes it. */
type Field = (typeof EVENT_CATALOGUE)[keyof typeof EVENT_CATALOGUE]['fields'][number];

const SQL_TYPES = {
  text: 'VARCHAR',
  integer: 'BIGINT',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  time: 'TIMESTAMPTZ',
  texts: ['VARCHAR'],
} as const;

const name = (text: string): string => `"${text}"`;

/** Fields of the data itself, or of an object in it. */
const within = (fields: readonly Field[], parent: string): readonly Field[] =>
  fields.filter(({ path }) => path.startsWith(parent) && !path.slice(parent.length).includes('.'));

/** What `json_transform` is told to make of the data. */
const shape = (fields: readonly Field[], parent = ''): unknown =>
  Object.fromEntries(
    within(fields, parent).map(({ path, kind }) => {
      const inner = kind === 'object' || kind === 'list' ? shape(fields, `${path}.`) : SQL_TYPES[kind];
      return [path.slice(parent.length), kind === 'list' ? [inner] : inner];
    }),
  );

/** The value of a field, its parts named as SQL spells names. */
const value = (fields: readonly Field[], { path, kind }: Field): string => {
  const place = `d.${path.split('.').map(name).join('.')}`;
  if (kind === 'list') {
    const parts = within(fields, `${path}.`).map(part => part.path.slice(path.length + 1));
    const packed = parts.map(part => `${name(snakeCase(part))} := e.${name(part)}`);
    return `list_transform(${place}, lambda e: struct_pack(${packed.join(', ')}))`;
  }
  if (kind !== 'object') return place;
  const parts = within(fields, `${path}.`).map(
    part => `${name(snakeCase(part.path.slice(path.length + 1)))} := ${value(fields, part)}`,
  );
  return `CASE WHEN ${place} IS NOT NULL THEN struct_pack(${parts.join(', ')}) END`;
};

/** Fields that every view has as columns of its own. */
const COMMON = new Set(['meetingId', 'userId']);

const viewSql = (type: string, described: readonly Field[]): string => {
  const fields = described.filter(field => !('secret' in field && field.secret));
  const ofUser = fields.some(({ path }) => path === 'userId');
  const columns = [
    'position',
    'stream',
    'time',
    'meeting_id',
    ofUser ? 'd."userId" AS user_id' : 'user_id',
    'user_id AS caused_by',
    ...within(fields, '')
      .filter(({ path }) => !COMMON.has(path))
      .map(field => `${value(fields, field)} AS ${name(snakeCase(field.path))}`),
  ];
  const json = JSON.stringify(shape(fields)).replaceAll("'", "''");
  return `CREATE VIEW ${name(snakeCase(type))} AS SELECT ${columns.join(', ')} FROM (
    SELECT position, stream, time, meeting_id, user_id, json_transform(data, '${json}') AS d
    FROM events WHERE type = '${type}')`;
};

/**
 * One view for each type of event over a table `events`: SQL by the view's name. Columns: where and when it stands in the
 * log; `user_id`, whom it is about where its data say so, else who caused it; `caused_by`, who caused it; and each field of
 * its data with a type, an object as a STRUCT.
 */
export const EVENT_VIEWS: ReadonlyMap<string, { readonly type: string; readonly sql: string }> = new Map(
  Object.entries(EVENT_CATALOGUE).map(([type, { fields }]) => [
    snakeCase(type),
    { type, sql: viewSql(type, fields) },
  ]),
);

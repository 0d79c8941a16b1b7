import {
  DuckDBArrayValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBValue,
} from '@duckdb/node-api';

/** A value of a result as JSON has it. */
export type PlainValue =
  null | string | number | boolean | readonly PlainValue[] | { readonly [name: string]: PlainValue };

/** Microseconds since 1970 as ISO 8601, or undefined beyond what JavaScript's dates reach, such as infinity. */
const isoTime = (micros: bigint): string | undefined => {
  const date = new Date(Number(micros / 1000n));
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
};

/**
 * A value of DuckDB as JSON has it: whole numbers as numbers while they are exact, else as texts; moments as ISO 8601, with
 * a Z where they have a zone; days, durations and the rest as DuckDB writes them.
 */
export const plainValue = (value: DuckDBValue): PlainValue => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (value instanceof DuckDBTimestampTZValue) return isoTime(value.micros) ?? String(value);
  if (value instanceof DuckDBTimestampValue) return isoTime(value.micros)?.slice(0, -1) ?? String(value);
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) {
    return value.items.map(plainValue);
  }
  if (value instanceof DuckDBStructValue) {
    return Object.fromEntries(Object.entries(value.entries).map(([name, part]) => [name, plainValue(part)]));
  }
  if (value instanceof DuckDBMapValue) {
    return value.entries.map(entry => ({ key: plainValue(entry.key), value: plainValue(entry.value) }));
  }
  return String(value);
};

export { csvCell } from './csv.js';
export * from './event-row.js';
export * from './event-selection.js';
export * from './export-parquet.js';
export * from './export-task.js';
export * from './export-text.js';
export * from './query-log.js';
export * from './query-refused.js';
export type { PlainValue } from './plain-value.js';

export { csvCell } from './csv.js';
export * from './event-row.js';
export * from './event-selection.js';
export * from './export-task.js';
export * from './export-text.js';
export * from './on-demand.js';
export type { PlainValue } from './plain-value.js';
export type { QueryOptions, ResultColumn, ResultRow, ResultSink } from './query-log.js';
export * from './query-refused.js';

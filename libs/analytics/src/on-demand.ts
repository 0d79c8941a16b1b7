import type { exportParquet as ExportParquet } from './export-parquet.js';
import type { queryLog as QueryLog } from './query-log.js';

// DuckDB is large. It is loaded by what needs it, when that is called: a text is exported without it.

export const exportParquet: typeof ExportParquet = async (...given) =>
  (await import('./export-parquet.js')).exportParquet(...given);

export const queryLog: typeof QueryLog = async (...given) =>
  (await import('./query-log.js')).queryLog(...given);

export * from './actor-system.js';
export * from './command-metadata.js';
export * from './executed.js';
export { newUlid } from './new-ulid.js';
export * from './snapshot-store.js';
export type { SnapshotsOptions } from './snapshots.js';
export * from './sqlite-snapshot-store.js';

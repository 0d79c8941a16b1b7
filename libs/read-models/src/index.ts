export * from './database.js';
export * from './node-sqlite-dialect.js';
export * from './open-read-models.js';
export * from './projection.js';
export * from './projection-runner.js';
export * from './projection-status.js';
export * from './projections/all-projections.js';

export * from './facts.js';
export * from './media-operations.js';
export * from './recorder-operations.js';

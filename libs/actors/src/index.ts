export * from './actor-system.js';

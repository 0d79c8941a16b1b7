export * from './nest-logger.js';
export * from './run-service.js';

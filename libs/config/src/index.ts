export * from './config.js';
export * from './jwt-secret.js';
export * from './redis-socket.js';
export * from './settings.js';

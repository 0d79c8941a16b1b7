import {
  choice,
  connectionString,
  integer,
  text,
  url,
  networks,
  origins,
  type Setting,
  urls,
} from './setting.js';

/**
 * Every setting of Parley: its environment variable, how it is read, its default. `.env.example` shows each with its
 * reason, and a test holds the two together.
 */
export const SETTINGS = {
  PORT: integer(8080, 0, 65_535),
  PARLEY_HOST: text('127.0.0.1'),
  PARLEY_PUBLIC_URL: url(''),
  PARLEY_DATA_DIR: text('./data'),
  PARLEY_EVENT_LOG: connectionString(''),
  PARLEY_ESDB_PORT: integer(0, 0, 65_535),
  PARLEY_ESDB_TLS_CERT: text(''),
  PARLEY_ESDB_TLS_KEY: text(''),
  PARLEY_JWT_SECRET: text('', 32),
  PARLEY_JWT_ISSUER: text(''),
  PARLEY_JWT_AUDIENCE: text(''),
  PARLEY_GUESTS: choice('on', ['on', 'off']),
  PARLEY_RATE_LIMITS: choice('on', ['on', 'off']),
  PARLEY_ALLOWED_ORIGINS: origins(''),
  PARLEY_TRUSTED_PROXIES: networks(''),
  PARLEY_LOG_LEVEL: choice('info', ['trace', 'debug', 'info', 'warn', 'error', 'silent']),
  PARLEY_REDIS_URL: url('', ['redis:', 'rediss:', 'unix:']),
  PARLEY_DISCONNECT_GRACE_SECONDS: integer(15, 1, 3600),
  PARLEY_WEBHOOKS: choice('on', ['on', 'off']),
  PARLEY_WEBHOOK_URLS: urls(''),
  PARLEY_WEBHOOK_ALLOWED_NETWORKS: networks(''),
  PARLEY_LIVEKIT_URL: url('', ['wss:', 'ws:', 'https:', 'http:']),
  PARLEY_LIVEKIT_API_KEY: text(''),
  PARLEY_LIVEKIT_API_SECRET: text(''),
  PARLEY_MEDIA_WORKERS: integer(1, 1, 64),
  PARLEY_MEDIA_HOST: text('127.0.0.1'),
  PARLEY_MEDIA_ANNOUNCED_ADDRESS: text(''),
  PARLEY_MEDIA_PORT: integer(40_000, 0, 65_535),
  PARLEY_RECORDERS: integer(1, 1, 16),
  PARLEY_RECORDER_HOST: text('127.0.0.1'),
  PARLEY_RECORDING_WIDTH: integer(1280, 160, 3840),
  PARLEY_RECORDING_HEIGHT: integer(720, 90, 2160),
  PARLEY_RECORDING_FPS: integer(30, 5, 60),
  PARLEY_RECORDING_JOBS: integer(2, 1, 64),
  /** Which of several like processes this one is; set by `parley up`. */
  PARLEY_SLOT: text('1'),
} as const satisfies Record<string, Setting<unknown>>;

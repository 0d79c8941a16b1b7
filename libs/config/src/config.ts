import { resolve } from 'node:path';
import { redisSocket } from './redis-socket.js';
import { listItems } from './setting.js';
import { SETTINGS } from './settings.js';

/** Says in one sentence which setting is wrong and how to mend it. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigError';
  }
}

type Values = { [Name in keyof typeof SETTINGS]: (typeof SETTINGS)[Name]['fallback'] };

const readSettings = (env: NodeJS.ProcessEnv): Values => {
  const known = new Set(Object.keys(SETTINGS));
  const unknown = Object.keys(env).find(name => name.startsWith('PARLEY_') && !known.has(name));
  if (unknown) {
    throw new ConfigError(
      `${unknown} is not a setting of Parley; .env.example lists all of them. Correct or unset it.`,
    );
  }
  const entries = Object.entries(SETTINGS).map(([name, setting]) => {
    const value = env[name];
    if (value === undefined || value === '') return [name, setting.fallback];
    try {
      return [name, setting.read(value)];
    } catch (error) {
      // Addresses may hold a password, those of webhooks are often secrets themselves.
      const shown = /SECRET|WEBHOOK_URLS/.test(name) || value.includes('@') ? '' : ` (it is "${value}")`;
      throw new ConfigError(`${name} ${(error as Error).message}${shown}. Correct or unset it.`);
    }
  });
  return Object.fromEntries(entries) as Values;
};

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Where clients reach the api; empty means http://host:port. */
  readonly publicUrl: string;
  /** Absolute. */
  readonly dataDir: string;
  /** Connection string of an EventStoreDB (`esdb://…`); empty: the embedded log in the data directory. */
  readonly eventLog: string;
  /** Where the embedded log answers EventStoreDB's clients; absent: nowhere. */
  readonly esdbDoor?: {
    readonly port: number;
    /** Paths of PEM files; absent without TLS, which only loopback may do without. */
    readonly tls?: { readonly cert: string; readonly key: string };
  };
  /** Empty: the key kept in the data directory. */
  readonly jwtSecret: string;
  readonly jwtIssuer: string;
  readonly jwtAudience: string;
  readonly guests: boolean;
  /** Whether requests and messages of each user are limited; off for load tests alone. */
  readonly rateLimits: boolean;
  /** Origins of other sites whose pages may use the api. */
  readonly allowedOrigins: readonly string[];
  /** Addresses and networks (CIDR) whose `X-Forwarded-*` headers are believed. */
  readonly trustedProxies: readonly string[];
  readonly logLevel: Values['PARLEY_LOG_LEVEL'];
  /** `redis://…`, `rediss://…` or `unix:///path`; the private Redis in the data directory by default. */
  readonly redisUrl: string;
  readonly disconnectGraceSeconds: number;
  readonly webhooks: {
    /** Whether this api delivers them; of several on one log, one is enough. */
    readonly sends: boolean;
    /** Endpoints that exist by configuration. */
    readonly urls: readonly string[];
    /** Networks (CIDR) and addresses that are private and may be called all the same. */
    readonly allowedNetworks: readonly string[];
  };
  /** The LiveKit server whose tokens are handed out; absent: none is. */
  readonly livekit?: { readonly url: string; readonly apiKey: string; readonly apiSecret: string };
  readonly media: {
    readonly workers: number;
    readonly host: string;
    readonly announcedAddress: string;
    /** UDP and TCP port of the first media worker; the next ones count up. 0: any free port. */
    readonly port: number;
  };
  readonly recorders: number;
  readonly recorderHost: string;
  readonly recording: {
    readonly width: number;
    readonly height: number;
    readonly fps: number;
    /** FFmpeg processes at a time. */
    readonly jobs: number;
  };
  readonly slot: string;
}

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/** @throws ConfigError where the settings of the door do not go together. */
const esdbDoor = (values: Values): Pick<Config, 'esdbDoor'> => {
  const { PARLEY_ESDB_PORT: port, PARLEY_ESDB_TLS_CERT: cert, PARLEY_ESDB_TLS_KEY: key } = values;
  if (port === 0) return {};
  if ((cert === '') !== (key === '')) {
    throw new ConfigError('PARLEY_ESDB_TLS_CERT and PARLEY_ESDB_TLS_KEY go together. Set both or none.');
  }
  if (cert === '' && !LOOPBACK.includes(values.PARLEY_HOST)) {
    throw new ConfigError(
      `PARLEY_ESDB_PORT on PARLEY_HOST ${values.PARLEY_HOST} would send tokens unencrypted. Set PARLEY_ESDB_TLS_CERT and PARLEY_ESDB_TLS_KEY.`,
    );
  }
  if (values.PARLEY_EVENT_LOG !== '') {
    throw new ConfigError(
      'PARLEY_ESDB_PORT opens the embedded log, and PARLEY_EVENT_LOG names another one: connect to that. Unset one of them.',
    );
  }
  return { esdbDoor: { port, ...(cert !== '' && { tls: { cert: resolve(cert), key: resolve(key) } }) } };
};

/** @throws ConfigError where the settings of LiveKit do not go together. */
const livekit = (values: Values): Pick<Config, 'livekit'> => {
  const { PARLEY_LIVEKIT_URL: url, PARLEY_LIVEKIT_API_KEY: apiKey } = values;
  const { PARLEY_LIVEKIT_API_SECRET: apiSecret } = values;
  const given = [url, apiKey, apiSecret].filter(value => value !== '').length;
  if (given === 0) return {};
  if (given < 3) {
    throw new ConfigError(
      'PARLEY_LIVEKIT_URL, PARLEY_LIVEKIT_API_KEY and PARLEY_LIVEKIT_API_SECRET go together. Set all or none.',
    );
  }
  return { livekit: { url, apiKey, apiSecret } };
};

/** @throws ConfigError where everybody would be a proxy. */
const trustedProxies = ({ PARLEY_TRUSTED_PROXIES: value }: Values): readonly string[] => {
  const proxies = listItems(value);
  if (!proxies.some(one => /\/0+$/.test(one))) return proxies;
  throw new ConfigError(
    `PARLEY_TRUSTED_PROXIES must not hold every address, or anybody could pass for anybody (it is "${value}"). Correct or unset it.`,
  );
};

/** Reads and checks every setting once. @throws ConfigError naming the setting. */
export const loadConfig = (env: NodeJS.ProcessEnv = process.env): Config => {
  const values = readSettings(env);
  const dataDir = resolve(values.PARLEY_DATA_DIR);
  return {
    port: values.PORT,
    host: values.PARLEY_HOST,
    publicUrl: values.PARLEY_PUBLIC_URL,
    dataDir,
    eventLog: values.PARLEY_EVENT_LOG,
    ...esdbDoor(values),
    jwtSecret: values.PARLEY_JWT_SECRET,
    jwtIssuer: values.PARLEY_JWT_ISSUER,
    jwtAudience: values.PARLEY_JWT_AUDIENCE,
    guests: values.PARLEY_GUESTS === 'on',
    rateLimits: values.PARLEY_RATE_LIMITS === 'on',
    allowedOrigins: listItems(values.PARLEY_ALLOWED_ORIGINS).map(one => new URL(one).origin),
    trustedProxies: trustedProxies(values),
    logLevel: values.PARLEY_LOG_LEVEL,
    redisUrl: values.PARLEY_REDIS_URL || `unix://${redisSocket(dataDir)}`,
    disconnectGraceSeconds: values.PARLEY_DISCONNECT_GRACE_SECONDS,
    webhooks: {
      sends: values.PARLEY_WEBHOOKS === 'on',
      urls: listItems(values.PARLEY_WEBHOOK_URLS),
      allowedNetworks: listItems(values.PARLEY_WEBHOOK_ALLOWED_NETWORKS),
    },
    ...livekit(values),
    media: {
      workers: values.PARLEY_MEDIA_WORKERS,
      host: values.PARLEY_MEDIA_HOST,
      announcedAddress: values.PARLEY_MEDIA_ANNOUNCED_ADDRESS,
      port: values.PARLEY_MEDIA_PORT,
    },
    recorders: values.PARLEY_RECORDERS,
    recorderHost: values.PARLEY_RECORDER_HOST,
    recording: {
      width: values.PARLEY_RECORDING_WIDTH,
      height: values.PARLEY_RECORDING_HEIGHT,
      fps: values.PARLEY_RECORDING_FPS,
      jobs: values.PARLEY_RECORDING_JOBS,
    },
    slot: values.PARLEY_SLOT,
  };
};

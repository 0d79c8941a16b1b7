import type { Config } from '#libs/config';

/** Injection tokens of what the process was started with. */
export const CONFIG = Symbol('config');
export const SECRET = Symbol('jwt secret');

/** Where clients reach this server. */
export const publicUrl = (config: Config): string => {
  if (config.publicUrl) return config.publicUrl;
  const host = ['0.0.0.0', '::'].includes(config.host) ? 'localhost' : config.host;
  return `http://${host.includes(':') ? `[${host}]` : host}:${config.port}`;
};

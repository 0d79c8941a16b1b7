import { describe, expect, it } from '@jest/globals';
import { resolve } from 'node:path';
import { ConfigError, loadConfig } from './config.js';

const refusal = (env: NodeJS.ProcessEnv): string => {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('loadConfig', () => {
  it('works with no setting at all', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      dataDir: resolve('data'),
      jwtSecret: '',
      guests: true,
      rateLimits: true,
      allowedOrigins: [],
    });
    expect(config.redisUrl).toBe(`unix://${resolve('data')}/redis.sock`);
  });

  it('reads what the environment says', () => {
    const config = loadConfig({
      PORT: '9000',
      PARLEY_DATA_DIR: '/srv/parley',
      PARLEY_GUESTS: 'off',
      PARLEY_RATE_LIMITS: 'off',
      PARLEY_TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8,fd00::/8',
      PARLEY_ALLOWED_ORIGINS: 'https://App.example.org/, http://localhost:5173,https://x.org:443',
      PARLEY_MEDIA_WORKERS: '3',
      PARLEY_PUBLIC_URL: 'https://meet.example.org/',
    });
    expect(config).toMatchObject({
      port: 9000,
      dataDir: '/srv/parley',
      guests: false,
      rateLimits: false,
      trustedProxies: ['127.0.0.1', '10.0.0.0/8', 'fd00::/8'],
      allowedOrigins: ['https://app.example.org', 'http://localhost:5173', 'https://x.org'],
      publicUrl: 'https://meet.example.org',
    });
    expect(config.media.workers).toBe(3);
  });

  it('reads lists with commas', () => {
    expect(
      loadConfig({
        PARLEY_WEBHOOK_URLS: 'https://one.example.org/x, https://two.example.org',
        PARLEY_WEBHOOK_ALLOWED_NETWORKS: '10.0.0.0/8,::1',
        PARLEY_WEBHOOKS: 'off',
      }).webhooks,
    ).toEqual({
      sends: false,
      urls: ['https://one.example.org/x', 'https://two.example.org'],
      allowedNetworks: ['10.0.0.0/8', '::1'],
    });
  });

  it.each([
    ['PARLEY_WEBHOOK_URLS', 'https://fine.example.org,ftp://secret.example.org'],
    ['PARLEY_WEBHOOK_URLS', 'https://user:secret@example.org'],
    ['PARLEY_WEBHOOK_ALLOWED_NETWORKS', '10.0.0.0/8,localhost'],
    ['PARLEY_WEBHOOK_ALLOWED_NETWORKS', '10.0.0.0/99'],
    ['PARLEY_TRUSTED_PROXIES', '127.0.0.1,proxy.example.org'],
    ['PARLEY_ALLOWED_ORIGINS', '*'],
    ['PARLEY_ALLOWED_ORIGINS', 'null'],
    ['PARLEY_ALLOWED_ORIGINS', 'app.example.org'],
    ['PARLEY_ALLOWED_ORIGINS', 'https://fine.example.org,https://*.example.org'],
    ['PARLEY_ALLOWED_ORIGINS', 'https://app.example.org/meetings'],
    ['PARLEY_ALLOWED_ORIGINS', 'https://user:secret@app.example.org'],
    ['PARLEY_ALLOWED_ORIGINS', 'ftp://app.example.org'],
  ])('refuses a list in which one item is wrong: %s=%s', (name, value) => {
    expect(refusal({ [name]: value })).toMatch(new RegExp(`^${name} must be `));
    expect(refusal({ [name]: value })).not.toContain('secret');
  });

  it('takes an empty value for an unset one', () => {
    expect(loadConfig({ PORT: '', PARLEY_LOG_LEVEL: '' })).toMatchObject({ port: 8080, logLevel: 'info' });
  });

  it('minds only its own names', () => {
    expect(() => loadConfig({ PATH: '/bin', PARLEYISH: 'x' })).not.toThrow();
  });

  it('refuses a name that begins with PARLEY_ and is no setting, and says so in a sentence', () => {
    expect(refusal({ PARLEY_DATADIR: '/srv' })).toBe(
      'PARLEY_DATADIR is not a setting of Parley; .env.example lists all of them. Correct or unset it.',
    );
  });

  it.each([
    ['PORT', 'eighty', 'must be a whole number from 0 to 65535'],
    ['PORT', '65536', 'must be a whole number from 0 to 65535'],
    ['PARLEY_GUESTS', 'maybe', 'must be one of on, off'],
    ['PARLEY_RATE_LIMITS', '0', 'must be one of on, off'],
    [
      'PARLEY_TRUSTED_PROXIES',
      '10.0.0.1,0.0.0.0/0',
      'must not hold every address, or anybody could pass for anybody',
    ],
    ['PARLEY_PUBLIC_URL', 'meet.example.org', 'must be an address that begins with http:// or https://'],
    ['PARLEY_MEDIA_WORKERS', '0', 'must be a whole number from 1 to 64'],
  ])('refuses %s=%s and says that it %s', (name, value, rule) => {
    expect(refusal({ [name]: value })).toBe(`${name} ${rule} (it is "${value}"). Correct or unset it.`);
  });

  it('reads where LiveKit is, and refuses a part of it', () => {
    const whole = {
      PARLEY_LIVEKIT_URL: 'wss://livekit.example.org/',
      PARLEY_LIVEKIT_API_KEY: 'devkey',
      PARLEY_LIVEKIT_API_SECRET: 'secret',
    };
    expect(loadConfig(whole).livekit).toEqual({
      url: 'wss://livekit.example.org',
      apiKey: 'devkey',
      apiSecret: 'secret',
    });
    expect(loadConfig({})).not.toHaveProperty('livekit');
    expect(refusal({ ...whole, PARLEY_LIVEKIT_API_KEY: '' })).toBe(
      'PARLEY_LIVEKIT_URL, PARLEY_LIVEKIT_API_KEY and PARLEY_LIVEKIT_API_SECRET go together. Set all or none.',
    );
  });

  it('does not show a secret that it refuses', () => {
    expect(refusal({ PARLEY_JWT_SECRET: 'too-short' })).toBe(
      'PARLEY_JWT_SECRET must have at least 32 characters. Correct or unset it.',
    );
  });
});

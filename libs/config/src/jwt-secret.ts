import { createPublicKey, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, type Config } from './config.js';

/** HS256 wants a key at least as long as its digest (RFC 7518, 3.2): 32 bytes. */
const LEAST_CHARACTERS = 32;

/** What many have, such as the public key or the certificate of an identity provider, must not sign Parley's tokens. */
const isPublicOrPrivateKey = (secret: string): boolean => {
  try {
    createPublicKey(secret);
    return true;
  } catch {
    return false;
  }
};

const secretOnly = (secret: string, where: string): string => {
  if (!isPublicOrPrivateKey(secret)) return secret;
  throw new ConfigError(
    `${where} holds a public or private key or a certificate (PEM), and must be a secret of Parley's own, such as \`openssl rand -base64 48\` prints.`,
  );
};

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

const readKey = (path: string): string | undefined => {
  try {
    const key = readFileSync(path, 'utf8').trim();
    if (key.length >= LEAST_CHARACTERS) return key;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  throw new ConfigError(
    `${path} holds a key of fewer than ${LEAST_CHARACTERS} characters; delete it and a new one is made.`,
  );
};

/**
 * Writes a fresh key beside its place and links it there: a reader never sees half a key, and of several processes
 * that make one at the same time the first wins.
 */
const makeKey = (path: string): void => {
  const draft = `${path}.${process.pid}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, `${randomBytes(48).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, path);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
};

/**
 * The HS256 key that signs and checks Parley's own tokens: PARLEY_JWT_SECRET, or else the key kept in the data
 * directory (`jwt-secret`, readable by its owner alone), which is made from 48 random bytes when there is none.
 * @throws ConfigError when the kept key is too short to be one, or either is a public or private key
 */
export const jwtSecret = (config: Pick<Config, 'jwtSecret' | 'dataDir'>): string => {
  if (config.jwtSecret) return secretOnly(config.jwtSecret, 'PARLEY_JWT_SECRET');
  const path = join(config.dataDir, 'jwt-secret');
  const kept = readKey(path);
  if (kept) return secretOnly(kept, path);
  mkdirSync(config.dataDir, { recursive: true });
  makeKey(path);
  const made = readKey(path);
  if (!made) throw new ConfigError(`${path} vanished while it was being made; start again.`);
  return made;
};

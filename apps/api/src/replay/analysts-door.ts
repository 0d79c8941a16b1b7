import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { type Config, ConfigError } from '#libs/config';
import { DomainError, isAdmin, type Principal, shownEvent, upcast } from '#libs/domain';
import { type EventLog, type EventStoreDbDoor, openEventStoreDbDoor } from '#libs/event-log';
import type { Tokens } from '../auth/tokens.js';

/** The user's name of every client; who it is, the token in the password says. */
const USER = 'token';

/**
 * Opens the log for reading to clients of EventStoreDB, where the settings ask for it: to the roles analyst and admin, who
 * are shown what replay shows them.
 * @throws ConfigError when the certificate or the port cannot be used.
 */
export const openAnalystsDoor = async (
  { esdbDoor, host }: Config,
  log: EventLog,
  tokens: Tokens,
): Promise<EventStoreDbDoor | undefined> => {
  if (esdbDoor === undefined) return undefined;
  const { port, tls } = esdbDoor;
  try {
    return await openEventStoreDbDoor({
      log,
      host,
      port,
      writable: false,
      ...(tls && { tls: readCertificate(tls) }),
      authenticate: async (user, password) => {
        const principal = user === USER ? verified(tokens, password) : undefined;
        return principal && { userId: principal.userId, mayRead: mayReadAll(principal) };
      },
      show: (event, userId) => shownEvent(upcast(event), userId),
    });
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw new ConfigError(
      `PARLEY_ESDB_PORT ${port} cannot be opened on ${host}: ${(error as Error).message}. Choose another.`,
    );
  }
};

const mayReadAll = (principal: Principal): boolean =>
  isAdmin(principal) || principal.roles.includes('analyst');

const verified = (tokens: Tokens, token: string): Principal | undefined => {
  try {
    return tokens.verify(token);
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
};

const readCertificate = (paths: {
  readonly cert: string;
  readonly key: string;
}): { cert: string; key: string } => {
  const certificate = {
    cert: readSetting('PARLEY_ESDB_TLS_CERT', paths.cert),
    key: readSetting('PARLEY_ESDB_TLS_KEY', paths.key),
  };
  try {
    createSecureContext(certificate);
  } catch (error) {
    throw new ConfigError(
      `PARLEY_ESDB_TLS_CERT and PARLEY_ESDB_TLS_KEY must name PEM files of a certificate and its key: ${(error as Error).message}`,
    );
  }
  return certificate;
};

const readSetting = (name: string, path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigError(`${name} names a file that cannot be read: ${(error as Error).message}`);
  }
};

import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { loadConfig } from '#libs/config';
import { AccessDeniedError, EventStoreDBClient, jsonEvent, type ResolvedEvent } from '@eventstore/db-client';
import { logVerbosity, setLogVerbosity, status, type ServiceError } from '@grpc/grpc-js';
import { DOOR_CERTIFICATE } from '../../../../libs/event-log/src/door-certificate-for-tests.js';
import { freePort } from '../../../../libs/service/src/free-port-for-tests.js';
import { startRedis, type TestRedis } from '../../../../libs/work-queues/src/redis-for-tests.js';
import { startApi } from '../start-api.js';
import { LoggedLines } from '../testing/logged-lines.js';
import { RunningApi } from '../testing/running-api.js';

jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), 'parley-door-'));
const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const CERT = file('cert.pem', DOOR_CERTIFICATE.cert);
const KEY = file('key.pem', DOOR_CERTIFICATE.key);

afterAll(() => rmSync(folder, { recursive: true }));

describe('the door for analysts', () => {
  let api: RunningApi;
  let port: number;
  let meeting: string;
  const clients: EventStoreDBClient[] = [];
  beforeAll(async () => {
    port = await freePort();
    api = await RunningApi.start({
      PARLEY_ESDB_PORT: String(port),
      PARLEY_ESDB_TLS_CERT: CERT,
      PARLEY_ESDB_TLS_KEY: KEY,
    });
    meeting = await api.meeting('ada', { password: 'open sesame' });
  });
  afterAll(async () => {
    await Promise.all(clients.map(client => client.dispose()));
    await api.stop();
  });

  const client = (password: string, user = 'token'): EventStoreDBClient => {
    const created = EventStoreDBClient.connectionString(
      `esdb://${user}:${encodeURIComponent(password)}@localhost:${port}?tls=true&tlsCAFile=${encodeURIComponent(CERT)}`,
    );
    clients.push(created);
    return created;
  };
  const read = async (asked: EventStoreDBClient, stream: string): Promise<ResolvedEvent[]> => {
    const events: ResolvedEvent[] = [];
    for await (const event of asked.readStream(stream)) events.push(event);
    return events;
  };

  it.each([['analyst'], ['admin']])('lets in the role %s, who sees the log without secrets', async role => {
    const events = await read(client(api.token('mary', { roles: [role] })), `meeting-${meeting}`);
    expect(events.map(({ event }) => event?.type)).toEqual(expect.arrayContaining(['MeetingCreated']));
    expect(events[0]?.event?.data).toMatchObject({ meetingId: meeting });
    expect(JSON.stringify(events.map(({ event }) => event?.data))).not.toMatch(/scrypt|sesame|passwordHash/);
  });

  it('follows the log live', async () => {
    const subscription = client(api.token('mary', { roles: ['analyst'] })).subscribeToAll({
      fromPosition: 'end',
    });
    await once(subscription, 'caughtUp');
    const heard = once(subscription, 'data') as Promise<ResolvedEvent[]>;
    const created = await api.meeting('grace');
    const [first] = await heard;
    expect(first?.event).toMatchObject({ type: 'MeetingCreated', streamId: `meeting-${created}` });
    await subscription.unsubscribe();
  });

  it.each<[string, string, () => string, status]>([
    ['a token without the role', 'token', () => api.token('ada'), status.PERMISSION_DENIED],
    [
      'a token of another key',
      'token',
      () => 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.abc',
      status.UNAUTHENTICATED,
    ],
    ['another user name', 'mary', () => api.token('mary', { roles: ['analyst'] }), status.UNAUTHENTICATED],
  ])('refuses %s', async (_, user, password, code) => {
    const refused = read(client(password(), user), `meeting-${meeting}`);
    await expect(refused).rejects.toBeInstanceOf(AccessDeniedError);
    await refused.catch((error: { _raw: ServiceError }) => expect(error._raw.code).toBe(code));
  });

  it('is for reading alone', async () => {
    const write = client(api.token('root', { roles: ['admin'] })).appendToStream(
      `meeting-${meeting}`,
      jsonEvent({ type: 'MeetingEnded', data: {} }),
    );
    await expect(write).rejects.toBeInstanceOf(AccessDeniedError);
    await expect(write).rejects.toThrow(/for reading/);
  });
});

describe('the door for analysts does not open', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  const start = (env: Record<string, string>): Promise<unknown> => {
    const config = loadConfig({
      PORT: '0',
      PARLEY_DATA_DIR: mkdtempSync(join(folder, 'data-')),
      PARLEY_REDIS_URL: redis.redisUrl,
      PARLEY_ESDB_PORT: '1',
      ...env,
    });
    return startApi(config, new LoggedLines().logger).then(api => api.close());
  };

  it.each<[string, Record<string, string>, RegExp]>([
    [
      'with a certificate that cannot be read',
      { PARLEY_ESDB_TLS_CERT: join(folder, 'none.pem'), PARLEY_ESDB_TLS_KEY: KEY },
      /^PARLEY_ESDB_TLS_CERT names a file that cannot be read: .*none\.pem/,
    ],
    [
      'with a key that cannot be read',
      { PARLEY_ESDB_TLS_CERT: CERT, PARLEY_ESDB_TLS_KEY: join(folder, 'none.pem') },
      /^PARLEY_ESDB_TLS_KEY names a file that cannot be read/,
    ],
    [
      'with a file that is no certificate',
      { PARLEY_ESDB_TLS_CERT: file('text.pem', 'no certificate'), PARLEY_ESDB_TLS_KEY: KEY },
      /^PARLEY_ESDB_TLS_CERT and PARLEY_ESDB_TLS_KEY must name PEM files/,
    ],
  ])('%s, and says which setting it is', async (_, env, says) => {
    await expect(start(env)).rejects.toThrow(says);
  });

  it('on a port that another has, and says which setting it is', async () => {
    // gRPC also says so on the console.
    setLogVerbosity(logVerbosity.NONE);
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await expect(start({ PARLEY_ESDB_PORT: String(port) })).rejects.toThrow(
      `PARLEY_ESDB_PORT ${port} cannot be opened on 127.0.0.1`,
    );
    server.close();
  });
});

import { afterEach, expect, test } from '@jest/globals';
import {
  AccessDeniedError,
  EventStoreDBClient,
  jsonEvent,
  type ResolvedEvent,
  type StreamSubscription,
  UnavailableError,
} from '@eventstore/db-client';
import gossip from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { credentials, logVerbosity, setLogVerbosity, status, type ServiceError } from '@grpc/grpc-js';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../../service/src/free-port-for-tests.js';
import { DOOR_CERTIFICATE } from '../door-certificate-for-tests.js';
import { newEvent } from '../contract/contract-fixtures.js';
import { BY_APPEND, collected, openDoorForTests, type DoorForTests } from './door-for-tests.js';
import { openEventStoreDbDoor } from './open-eventstoredb-door.js';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

async function open(options: Parameters<typeof openDoorForTests>[0] = {}): Promise<DoorForTests> {
  const opened = await openDoorForTests(options);
  closers.push(() => opened.close());
  return opened;
}

function clientOf(address: string, username = '', password = ''): EventStoreDBClient {
  const [host = '', port] = address.split(':');
  const client = new EventStoreDBClient(
    { endpoint: { address: host, port: Number(port) } },
    { rootCertificate: Buffer.from(DOOR_CERTIFICATE.cert) },
    ...(username === '' ? [] : [{ username, password }]),
  );
  closers.push(() => client.dispose());
  return client;
}

const event = jsonEvent({ type: 'Counted', data: { n: 1 } });
const all = (client: EventStoreDBClient) => collected(client.readAll());
const raw = (error: unknown): ServiceError => (error as { _raw: ServiceError })._raw;
const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

test('a door for reading refuses every write as access denied, and says so', async () => {
  const { client } = await open({ writable: false });
  const writes = [
    client.appendToStream('s', event),
    client.appendToStream('s', event, BY_APPEND),
    client.deleteStream('s'),
    client.tombstoneStream('s'),
    client.setStreamMetadata('s', { maxCount: 1 }),
  ];
  for (const write of writes) {
    const error = await failure(write);
    expect(error).toBeInstanceOf(AccessDeniedError);
    expect(raw(error)).toMatchObject({
      code: status.PERMISSION_DENIED,
      details: 'Access Denied: this door is for reading',
    });
  }
  expect(await all(client)).toEqual([]);
});

test('with TLS and authentication it lets in who is known, may read, and has the right password', async () => {
  const asked: string[] = [];
  const { log } = await open();
  const door = await openEventStoreDbDoor({
    log,
    host: '127.0.0.1',
    port: 0,
    writable: false,
    tls: DOOR_CERTIFICATE,
    authenticate: async (user, password) => {
      asked.push(`${user} ${password}`);
      if (user !== 'token') return undefined;
      if (password === 'guest:s') return { userId: 'guest', mayRead: false };
      return password === 'right' ? { userId: 'ada' } : undefined;
    },
    show: (recorded, userId) =>
      recorded.type === 'Private' ? undefined : { ...recorded, data: { shownTo: userId } },
  });
  closers.push(() => door.close());
  await log.append('s', [newEvent(), newEvent({ type: 'Private' }), newEvent()], 'no-stream');
  const address = `127.0.0.1:${door.port}`;

  const known = clientOf(address, 'token', 'right');
  for (const events of [await all(known), await collected(known.readStream('s'))]) {
    expect(events.map(({ event: e }) => [Number(e?.revision), e?.data])).toEqual([
      [0, { shownTo: 'ada' }],
      [2, { shownTo: 'ada' }],
    ]);
  }
  // Not asked for every call.
  expect(asked).toEqual(['token right']);

  const refusals: [EventStoreDBClient, status][] = [
    [clientOf(address, 'token', 'wrong'), status.UNAUTHENTICATED],
    [clientOf(address, 'somebody', 'right'), status.UNAUTHENTICATED],
    [clientOf(address), status.UNAUTHENTICATED],
    [clientOf(address, 'token', 'guest:s'), status.PERMISSION_DENIED],
  ];
  for (const [client, code] of refusals) {
    const error = await failure(all(client));
    expect(error).toBeInstanceOf(AccessDeniedError);
    expect(raw(error).code).toBe(code);
    expect(await failure(client.appendToStream('s', event))).toBeInstanceOf(AccessDeniedError);
  }
  expect(await failure(known.appendToStream('s', event))).toBeInstanceOf(AccessDeniedError);
});

test('a subscription is shown events as a read is', async () => {
  const { client, log } = await open({
    show: recorded => (recorded.type === 'Private' ? undefined : recorded),
  });
  const threeOf = () => [newEvent(), newEvent({ type: 'Private' }), newEvent()];
  await log.append('s', threeOf(), 'any');
  for (const subscription of [client.subscribeToAll(), client.subscribeToStream('s')]) {
    const seen: number[] = [];
    subscription.on('data', ({ event: e }: ResolvedEvent) => seen.push(Number(e?.revision)));
    while (seen.length < 2) await sleep(5);
    const { revision } = await log.append('s', threeOf(), 'any');
    while (seen.at(-1) !== revision) await sleep(5);
    expect(seen.filter(n => n % 3 === 1)).toEqual([]);
    await subscription.unsubscribe();
  }
});

test('what it does not do is refused as UNIMPLEMENTED with what to do instead', async () => {
  const { client } = await open();
  const attempts: [Promise<unknown>, RegExp][] = [
    [collected(client.subscribeToPersistentSubscriptionToStream('s', 'group')), /catch-up subscription/],
    [client.deletePersistentSubscriptionToStream('s', 'group'), /catch-up subscription/],
    [client.createProjection('p', 'fromAll()'), /projections/],
    [client.listProjections(), /projections/],
  ];
  for (const [attempt, says] of attempts) {
    const error = await failure(attempt);
    expect(raw(error)).toMatchObject({ code: status.UNIMPLEMENTED, details: expect.stringMatching(says) });
  }
});

test('tells what it does, and on a door for reading not what writes', async () => {
  const methods = async (port: number): Promise<string[]> => {
    const client = new features.ServerFeaturesClient(`127.0.0.1:${port}`, credentials.createInsecure());
    const answer = await new Promise<SupportedMethods>((resolve, reject) => {
      client.getSupportedMethods(new shared.Empty(), (error, got) => (error ? reject(error) : resolve(got)));
    });
    client.close();
    expect(answer.getEventStoreServerVersion()).toMatch(/^\d+\.\d+\.\d+$/);
    return answer.getMethodsList().map(method => `${method.getServiceName()}/${method.getMethodName()}`);
  };
  const writing = await methods((await open()).door.port);
  expect(writing).toContain('event_store.client.streams.streams/batchappend');
  expect(writing.every(method => !method.includes('persistent'))).toBe(true);
  const reading = await methods((await open({ writable: false })).door.port);
  expect(reading).toContain('event_store.client.streams.streams/read');
  expect(reading.filter(method => /append|delete|tombstone/.test(method))).toEqual([]);
});

test('is a cluster of one that leads, where the client reached it', async () => {
  const { door, client } = await open();
  const stub = new gossip.GossipClient(`localhost:${door.port}`, credentials.createInsecure());
  const info = await new Promise<ClusterInfo>((resolve, reject) => {
    stub.read(new shared.Empty(), (error, got) => (error ? reject(error) : resolve(got)));
  });
  stub.close();
  const [member, ...others] = info.getMembersList();
  expect(others).toEqual([]);
  expect(member?.toObject()).toMatchObject({
    state: 8,
    isAlive: true,
    httpEndPoint: { address: 'localhost', port: door.port },
  });
  await client.appendToStream('s', event);
  const discovering = EventStoreDBClient.connectionString(`esdb+discover://127.0.0.1:${door.port}?tls=false`);
  closers.push(() => discovering.dispose());
  expect(await collected(discovering.readStream('s'))).toHaveLength(1);
});

test('closing ends subscriptions and idle append calls as unavailable, and frees the port', async () => {
  // Not one that the system gives to whoever asks for any, as others may between closing and opening again.
  const opened = await open({ port: await freePort() });
  const { client, door, log } = opened;
  await client.appendToStream('s', event);
  const subscriptions = [
    client.subscribeToAll() as unknown as StreamSubscription,
    client.subscribeToStream('s'),
  ];
  const confirmed = subscriptions.map(
    subscription => new Promise(resolve => subscription.once('confirmation', resolve)),
  );
  const ends = subscriptions.map(
    subscription =>
      new Promise(resolve => {
        subscription.on('error', resolve);
        subscription.resume();
      }),
  );
  await Promise.all(confirmed);
  await door.close();
  for (const end of ends) expect(await end).toBeInstanceOf(UnavailableError);
  const again = await openEventStoreDbDoor({ log, host: '127.0.0.1', port: door.port, writable: true });
  closers.push(() => again.close());
  expect(again.port).toBe(door.port);
  const other = EventStoreDBClient.connectionString(`esdb://127.0.0.1:${again.port}?tls=false`);
  closers.push(() => other.dispose());
  expect(await collected(other.readStream('s'))).toHaveLength(1);
});

test('a log that is closed makes it unavailable to readers and writers', async () => {
  const { client, log } = await open();
  await client.appendToStream('s', event);
  await log.close();
  expect(await failure(client.appendToStream('s', event))).toBeInstanceOf(UnavailableError);
  expect(await failure(all(client))).toBeInstanceOf(UnavailableError);
  expect(await failure(client.deleteStream('s'))).toBeInstanceOf(UnavailableError);
});

test('a port that is taken is an error that names it', async () => {
  // It also says so on the console.
  setLogVerbosity(logVerbosity.NONE);
  const { door, log } = await open();
  await expect(
    openEventStoreDbDoor({ log, host: '127.0.0.1', port: door.port, writable: true }),
  ).rejects.toThrow(String(door.port));
});

test('a slow reader makes the door wait, not keep', async () => {
  const { client, log } = await open();
  const data = { text: 'x'.repeat(20_000) };
  for (let i = 0; i < 50; i += 1) {
    await log.append(
      'big',
      Array.from({ length: 40 }, () => newEvent({ data })),
      'any',
    );
  }
  let reads = 0;
  const readStream = log.readStream.bind(log);
  log.readStream = (stream, options) => {
    const events = readStream(stream, options);
    return (async function* () {
      for await (const recorded of events) {
        reads += 1;
        yield recorded;
      }
    })();
  };
  const reading = client.readStream('big');
  let taken = 0;
  for await (const _ of reading) {
    taken += 1;
    if (taken === 1) {
      await sleep(300);
      // 2,000 events of 20 kB: what the connection buffers on the way is a small part of it.
      expect(reads).toBeLessThan(1_000);
    }
  }
  expect(taken).toBe(2_000);
});

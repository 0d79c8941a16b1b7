import { expect, jest, test } from '@jest/globals';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ulid } from 'ulid';
import { newEvent } from '../contract/contract-fixtures.js';
import { START, type RecordedEvent } from '../event-log.js';
import { TestDoor } from '../eventstoredb-for-tests.js';
import { openEventStoreDbLog } from './open-eventstoredb-log.js';

jest.setTimeout(240_000);

/** A way to the server that counts what comes from there. */
class CountingWay {
  bytes = 0;
  readonly #sockets = new Set<Socket>();

  private constructor(readonly server: Server) {}

  static async to(port: number): Promise<CountingWay> {
    const way = new CountingWay(createServer());
    way.server.on('connection', near => {
      const far = connect(port, '127.0.0.1');
      for (const socket of [near, far]) {
        way.#sockets.add(socket);
        socket.on('error', () => socket.destroy());
      }
      near.pipe(far);
      far.on('data', (data: Buffer) => (way.bytes += data.length));
      far.pipe(near);
    });
    await once(way.server.listen(0, '127.0.0.1'), 'listening');
    return way;
  }

  get connectionString(): string {
    return `esdb://127.0.0.1:${(this.server.address() as { port: number }).port}?tls=false`;
  }

  /** How many bytes have come once no more come. */
  async settled(): Promise<number> {
    for (let before = -1; before !== this.bytes;) {
      before = this.bytes;
      await sleep(300);
    }
    return this.bytes;
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.server.close();
  }
}

test('while a reader takes its time, of a tail or of everything, the server waits: little is held ready, and then all comes', async () => {
  const door = await TestDoor.start();
  const way = await CountingWay.to(door.port);
  const log = await openEventStoreDbLog({ connectionString: way.connectionString });
  try {
    const COUNT = 1_020;
    const data = 'x'.repeat(20_000);
    for (let i = 0; i < COUNT; i += 30) {
      const append = Array.from({ length: 30 }, () => newEvent({ id: ulid(), data }));
      await log.append(`slow-${i % 7}`, append, 'any');
    }
    const total = COUNT * data.length;

    const tail = log.tail({ after: START })[Symbol.asyncIterator]();
    way.bytes = 0;
    let seen = ((await tail.next()).value as readonly RecordedEvent[]).length;
    expect(await way.settled()).toBeLessThan(total / 4);
    while (seen < COUNT) seen += ((await tail.next()).value as readonly RecordedEvent[]).length;
    await tail.return?.();
    expect(seen).toBe(COUNT);

    for (const reading of [log.readAll(), log.readAll({ types: ['ThingHappened'] })]) {
      way.bytes = 0;
      let read = 0;
      for await (const _ of reading) {
        read += 1;
        if (read === 1) expect(await way.settled()).toBeLessThan(total / 4);
      }
      expect(read).toBe(COUNT);
      expect(way.bytes).toBeGreaterThan(total);
    }
  } finally {
    await log.close();
    way.close();
    await door.stop();
  }
});

/**
 * A process of its own that appends to a log, for tests that kill it or take the disk from under it.
 *
 *     appending-process.ts DIRECTORY COUNT DATA_SIZE
 *
 * Appends COUNT events, `event-0` and on, eight at a time over five streams, and writes a line for each as soon as it is
 * answered: `ack ID POSITION` or `rejected ID ERROR`; then `done`. Each line `again` on its input has it repeat those that
 * were rejected; the end of input has it close the log. When the log does not open: `refused ERROR: sentence`.
 */
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { EventLog } from '../src/event-log.js';
import { openSqliteEventLog } from '../src/sqlite/open-sqlite-event-log.js';

const [directory = '', count = '', dataSize = ''] = process.argv.slice(2);
const STREAMS = 5;

/** Long lines fill the pipe, so that this process cannot run far ahead of a test that means to kill it midway. */
const LINE_LENGTH = 500;

/** Written before anything else happens, so that a kill cannot lose a line that was due; waits while the pipe is full. */
function say(line: string): void {
  const bytes = Buffer.from(`${line.padEnd(LINE_LENGTH)}\n`);
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (let written = 0; written < bytes.length;) {
    try {
      written += writeSync(1, bytes, written);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(clock, 0, 0, 1);
    }
  }
}

async function appendAll(log: EventLog, numbers: readonly number[]): Promise<number[]> {
  const rejected: number[] = [];
  const waiting = [...numbers];
  const writer = async (): Promise<void> => {
    for (let n = waiting.shift(); n !== undefined; n = waiting.shift()) {
      const event = {
        id: `event-${n}`,
        type: 'Counted',
        version: 1,
        time: new Date().toISOString(),
        data: { n, filling: 'x'.repeat(Number(dataSize)) },
        metadata: { correlationId: `request-${n}`, userId: 'user-1' },
      };
      try {
        const { position } = await log.append(`stream-${n % STREAMS}`, [event], 'any');
        say(`ack ${event.id} ${position}`);
      } catch (error) {
        rejected.push(n);
        say(`rejected ${event.id} ${(error as Error).name}`);
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, writer));
  say('done');
  return rejected;
}

try {
  const log = await openSqliteEventLog({ directory });
  let rejected = await appendAll(
    log,
    Array.from({ length: Number(count) }, (_, n) => n),
  );
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === 'again') rejected = await appendAll(log, rejected);
  }
  await log.close();
} catch (error) {
  say(`refused ${(error as Error).name}: ${(error as Error).message}`);
  process.exitCode = 1;
}

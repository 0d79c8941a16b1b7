import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collect, newEvent, newEvents } from '../contract/contract-fixtures.js';
import { RevisionConflict } from '../event-log-errors.js';
import type { EventLog, RecordedEvent } from '../event-log.js';
import { openSqliteEventLog } from './open-sqlite-event-log.js';
import { SEGMENT_LENGTH } from './schema.js';

jest.setTimeout(180_000);

let directory: string;
let log: EventLog;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'parley-event-log-'));
  log = await openSqliteEventLog({ directory });
});
afterEach(async () => {
  await log.close();
  rmSync(directory, { recursive: true });
});

/** Appends events of another stream until the next one has this position. */
async function fillTo(position: number): Promise<void> {
  const missing = position - (await log.head()) - 1;
  if (missing > 0) await log.append('filling', newEvents(missing), 'any');
}

test('a stream spread over many segments, with none in some, reads the same from anywhere, both ways', async () => {
  const all: RecordedEvent[] = [];
  const places = [
    1,
    SEGMENT_LENGTH - 2,
    2 * SEGMENT_LENGTH,
    5 * SEGMENT_LENGTH - 1,
    5 * SEGMENT_LENGTH + 300,
  ];
  for (const position of places) {
    await fillTo(position);
    all.push(...(await log.append('sparse', newEvents(4), 'any')).events);
  }
  await fillTo(7 * SEGMENT_LENGTH);
  for (let round = 0; round < 2; round += 1) {
    expect(await collect(log.readStream('sparse'))).toEqual(all);
    expect(await collect(log.readStream('sparse', { direction: 'backwards' }))).toEqual(all.toReversed());
    for (let from = 0; from < all.length; from += 1) {
      expect(await collect(log.readStream('sparse', { from, limit: 6 }))).toEqual(all.slice(from, from + 6));
      expect(await collect(log.readStream('sparse', { from, direction: 'backwards' }))).toEqual(
        all.slice(0, from + 1).toReversed(),
      );
    }
    const filter = { streamPrefixes: ['spars'] };
    expect(await collect(log.readAll(filter))).toEqual(all);
    expect(await collect(log.readAll({ ...filter, direction: 'backwards' }))).toEqual(all.toReversed());
    const from = all[9]?.position as number;
    expect(await collect(log.readAll({ ...filter, from }))).toEqual(all.slice(10));
    await log.close();
    log = await openSqliteEventLog({ directory });
  }
  await expect(log.append('sparse', [newEvent()], 18)).rejects.toThrow(RevisionConflict);
  expect((await log.append('sparse', [newEvent()], 19)).revision).toBe(20);
});

test('an append refused after it has crossed into a new segment leaves no trace there', async () => {
  const { events: known } = await log.append('crossing', newEvents(1), 'no-stream');
  await fillTo(SEGMENT_LENGTH - 2);
  const events = [...newEvents(5), newEvent({ id: known[0]?.id as string })];
  await expect(log.append('crossing', events, 0)).rejects.toThrow(RevisionConflict);
  expect(await collect(log.readStream('crossing'))).toEqual(known);
  expect(await collect(log.readStream('crossing', { direction: 'backwards', limit: 1 }))).toEqual(known);
  // Now the stream enters that segment at another revision than the refused append would have.
  await fillTo(SEGMENT_LENGTH + 10);
  const { events: more } = await log.append('crossing', newEvents(5), 0);
  expect(more[0]?.position).toBe(SEGMENT_LENGTH + 10);
  for (const from of [1, 2, 3, 5]) {
    expect(await collect(log.readStream('crossing', { from }))).toEqual(more.slice(from - 1));
  }
});

test('an append of many thousand events is one append', async () => {
  const { events, revision } = await log.append('huge', newEvents(2.5 * SEGMENT_LENGTH), 'no-stream');
  expect(revision).toBe(2.5 * SEGMENT_LENGTH - 1);
  expect(await log.append('huge', events, 'no-stream')).toMatchObject({ revision });
  const last = { from: revision - 1, limit: 2 };
  expect(await collect(log.readStream('huge', last))).toEqual(events.slice(-2));
});

test('a rare type in a long log is found both ways, and a tail of it goes on live', async () => {
  await fillTo(10_000);
  const rare = await log.append('rare', [newEvent({ type: 'Rare' })], 'any');
  await fillTo(25_000);
  const types = ['Rare'];
  expect(await collect(log.readAll({ types }))).toEqual(rare.events);
  expect(await collect(log.readAll({ types, direction: 'backwards', limit: 1 }))).toEqual(rare.events);
  const stop = new AbortController();
  const seen: RecordedEvent[] = [];
  for await (const batch of log.tail({ after: 5, types, signal: stop.signal })) {
    seen.push(...batch);
    if (seen.length === 2) stop.abort();
    else await log.append('rare', [newEvent({ type: 'Rare' })], 0);
  }
  expect(seen).toEqual(await collect(log.readStream('rare')));
});

import { randomUUID } from 'node:crypto';
import type { EventLog, NewEvent, ReadAllOptions, RecordedEvent } from '../event-log.js';

/** A log that begins empty, as an adapter's test opens it. */
export interface ContractLog {
  readonly log: EventLog;
  /** Closes the log and opens the same store again; absent where a store cannot be opened twice. */
  readonly reopen?: () => Promise<EventLog>;
  /** Closes the log, reopened or not, and removes its store. */
  readonly close: () => Promise<void>;
}

export type OpenEmpty = () => Promise<ContractLog>;

export function newEvent(over: Partial<NewEvent> = {}): NewEvent {
  return {
    id: randomUUID(),
    type: 'ThingHappened',
    version: 1,
    time: '2026-11-02T10:00:00.000Z',
    data: { text: 'a thing', count: 3 },
    metadata: { correlationId: 'request-1', causationId: 'command-1', userId: 'user-1' },
    ...over,
  };
}

export function newEvents(
  count: number,
  over: (index: number) => Partial<NewEvent> = () => ({}),
): NewEvent[] {
  return Array.from({ length: count }, (_, index) => newEvent(over(index)));
}

export async function collect(events: AsyncIterable<RecordedEvent>): Promise<RecordedEvent[]> {
  const all: RecordedEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

/** The batches of a tail until it ends. */
export async function batchesOf(
  tail: AsyncIterable<readonly RecordedEvent[]>,
): Promise<(readonly RecordedEvent[])[]> {
  const batches: (readonly RecordedEvent[])[] = [];
  for await (const batch of tail) batches.push(batch);
  return batches;
}

/** The first so many events of a tail, which is left afterwards. */
export async function takeFromTail(
  tail: AsyncIterable<readonly RecordedEvent[]>,
  count: number,
): Promise<RecordedEvent[]> {
  const all: RecordedEvent[] = [];
  if (count === 0) return all;
  for await (const batch of tail) {
    if (batch.length === 0) throw new Error('A tail gave an empty batch');
    all.push(...batch);
    if (all.length >= count) break;
  }
  return all;
}

export function ids(events: readonly { readonly id: string }[]): string[] {
  return events.map(event => event.id);
}

export function rising(numbers: readonly number[]): boolean {
  return numbers.every((number, i) => i === 0 || number > (numbers[i - 1] as number));
}

/** What readAll means, in the plainest way. */
export function search(all: readonly RecordedEvent[], options: ReadAllOptions): RecordedEvent[] {
  const { from, direction = 'forwards', limit, types, streamPrefixes } = options;
  const found = all.filter(
    event =>
      (from === undefined || (direction === 'forwards' ? event.position > from : event.position < from)) &&
      (types === undefined || types.includes(event.type)) &&
      (streamPrefixes === undefined || streamPrefixes.some(prefix => event.stream.startsWith(prefix))),
  );
  return (direction === 'forwards' ? found : found.toReversed()).slice(0, limit);
}

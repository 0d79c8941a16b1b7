import { afterEach, describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '#libs/event-log';
import { countReads } from './counted-reads-for-tests.js';
import { eventLines } from './event-lines.js';
import { removeToldLogs, type Told, tellLog, tellMeetings } from './event-log-for-tests.js';
import type { EventSelection } from './event-selection.js';
import { openWindow } from './event-window.js';

const NOW = Date.parse('2030-01-01T00:00:00Z');
const never = new AbortController().signal;
const userId = 'eve';

/** About 1 KiB of JSON each. */
const long = (count: number): Told[] =>
  Array.from({ length: count }, (_, n) => ['room-x', 'RoomOpened', { name: 'x'.repeat(800), n }]);

describe('events as lines', () => {
  afterEach(removeToldLogs);

  it.each<[string, EventSelection]>([
    ['all', {}],
    ['some types', { types: ['ChatMessageSent', 'HandRaised'] }],
    ['streams with a prefix', { stream: { name: 'participant-', isPrefix: true } }],
    ['a meeting', { meetingId: 'm2' }],
    ['a user', { userId: 'user2' }],
  ])('are those that pages show, either way: %s', async (_name, selection) => {
    const { log, all } = await tellLog(tellMeetings(600));
    for (const direction of ['forwards', 'backwards'] as const) {
      const window = await openWindow(log, { direction, after: 50, before: 550 }, NOW);
      let text = '';
      for await (const chunk of eventLines(log, selection, window, { userId, signal: never })) text += chunk;
      expect(text.endsWith('\n')).toBe(true);
      const lines = text.trimEnd().split('\n');
      const positions = lines.map(line => (JSON.parse(line) as RecordedEvent).position);
      const ordered = direction === 'forwards' ? positions : positions.toReversed();
      const { types, stream, meetingId, userId: by } = selection;
      const expected = all.filter(
        ({ position, ...event }) =>
          position > 50 &&
          position < 550 &&
          (!types || types.includes(event.type)) &&
          (!stream || event.stream.startsWith(stream.name)) &&
          (!by || event.metadata.userId === by) &&
          (!meetingId ||
            (event.type !== 'RoomOpened' && (event.data as { meetingId: string }).meetingId === meetingId)) &&
          (event.data as { recipientId?: string }).recipientId === undefined,
      );
      expect(ordered).toEqual(expected.map(event => event.position));
      const first = eventLines(log, selection, window, { userId, signal: never, limit: 3 });
      expect((await first.next()).value).toBe(lines.slice(0, 3).join('\n') + '\n');
    }
  });

  it('reads no more of the log than the reader has asked for', async () => {
    const { log } = await tellLog(long(3_000));
    const reads = countReads(log);
    const chunks = eventLines(log, {}, await openWindow(log, {}, NOW), { userId, signal: never });
    const { value } = await chunks.next();
    const inChunk = String(value).split('\n').length - 1;
    expect([reads.events, inChunk < 100]).toEqual([inChunk, true]);
    await chunks.next();
    expect(reads.events).toBeLessThan(200);
    await chunks.return();
    expect(reads.open).toBe(0);
  });

  it('end when the signal aborts, also while nothing is found', async () => {
    const { log } = await tellLog(long(3_000));
    const stop = new AbortController();
    const reads = countReads(log, ({ events }) => {
      if (events === 700) stop.abort();
    });
    const window = await openWindow(log, {}, NOW);
    const chunks = eventLines(log, { userId: 'nobody' }, window, { userId, signal: stop.signal });
    expect(await chunks.next()).toEqual({ done: true, value: undefined });
    expect(reads.events).toBe(700);
    expect(reads.open).toBe(0);
  });
});

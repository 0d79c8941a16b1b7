import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mayRead } from '#libs/domain';
import type { ChatMessage } from '#libs/domain';
import type { EventLog, RecordedEvent } from '#libs/event-log';
import fc from 'fast-check';
import { countReads } from './counted-reads-for-tests.js';
import {
  EPOCH,
  removeToldLogs,
  tellLog,
  tellMeetings,
  timeOf,
  type Told,
  type ToldLog,
} from './event-log-for-tests.js';
import { LOOKED_AT_BY_A_PAGE, nextCursor, readPage } from './event-page.js';
import type { EventSelection } from './event-selection.js';
import { openWindow, type WindowWish } from './event-window.js';

const NOW = Date.parse('2030-01-01T00:00:00Z');
const READER = 'user1';
const MEETINGS_OWN = ['meeting', 'chat', 'participant', 'recording'];

/** What a selection and a wish mean, in the plainest way. */
const search = (all: readonly RecordedEvent[], selection: EventSelection, wish: WindowWish) => {
  const { types, stream, meetingId, userId } = selection;
  const { after = -1, before = Infinity, since, until, direction = 'forwards' } = wish;
  const found = all.filter(
    event =>
      event.position > after &&
      event.position < before &&
      (since === undefined || event.time >= since) &&
      (until === undefined || event.time <= until) &&
      (types === undefined || types.includes(event.type)) &&
      (userId === undefined || event.metadata.userId === userId) &&
      (stream === undefined ||
        (stream.isPrefix ? event.stream.startsWith(stream.name) : event.stream === stream.name)) &&
      (meetingId === undefined ||
        (MEETINGS_OWN.includes(event.stream.split('-')[0] as string) &&
          (event.data as { meetingId: string }).meetingId === meetingId)) &&
      (event.type !== 'ChatMessageSent' || mayRead(event.data as ChatMessage, READER)),
  );
  return direction === 'forwards' ? found : found.toReversed();
};

/** All pages of a request, the sizes of which come in turn. */
const pages = async (
  log: EventLog,
  selection: EventSelection,
  wish: WindowWish,
  sizes: readonly number[],
): Promise<unknown[]> => {
  const read: unknown[] = [];
  let cursor: string | null | undefined;
  for (let turn = 0; ; turn += 1) {
    const window = await openWindow(log, { ...wish, cursor: cursor ?? undefined }, NOW);
    const limit = sizes[turn % sizes.length] as number;
    const page = await readPage(log, selection, window, { limit, userId: READER });
    expect(page.events.length).toBeLessThanOrEqual(limit);
    read.push(...page.events.map(text => JSON.parse(text) as unknown));
    cursor = nextCursor(window, page);
    if (!page.hasMore) return read;
    expect(cursor).not.toBeNull();
  }
};

afterAll(removeToldLogs);

describe('pages of events', () => {
  let told: ToldLog;
  beforeAll(async () => {
    told = await tellLog(tellMeetings(1_500));
  });

  const count = 1_600;
  const anySelection = fc.record(
    {
      types: fc.uniqueArray(
        fc.constantFrom(
          'AudioMuted',
          'ChatMessageSent',
          'ParticipantJoined',
          'RecordingCreated',
          'UserErased',
        ),
        { minLength: 1 },
      ),
      stream: fc.record({
        name: fc.constantFrom('meeting-m1', 'chat-m1', 'participant-p0', 'participant-', 'p', 'nothing', ''),
        isPrefix: fc.boolean(),
      }),
      meetingId: fc.constantFrom('m1', 'm2', 'm3', 'm4'),
      userId: fc.constantFrom('user0', 'user1', 'system', 'nobody'),
    },
    { requiredKeys: [] },
  );
  const orNothing = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
  const anyWish: fc.Arbitrary<WindowWish> = fc
    .record({
      places: fc.tuple(fc.nat(count), fc.nat(count)).map(([a, b]) => [Math.min(a, b), Math.max(a, b) + 1]),
      low: orNothing(fc.constantFrom('after', 'since')),
      high: orNothing(fc.constantFrom('before', 'until')),
      direction: fc.constantFrom('forwards' as const, 'backwards' as const),
    })
    .map(({ places, low, high, direction }) => {
      const [from = 0, to = 0] = places;
      const last = told.all.length - 1;
      const position = (n: number): number => Math.min(n, last);
      return {
        direction,
        ...(low === 'after' && { after: position(from) - 1 }),
        ...(low === 'since' && { since: timeOf(from) }),
        ...(high === 'before' && { before: position(to) }),
        ...(high === 'until' && { until: timeOf(to) }),
      };
    });
  const anySizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 3_000 })), {
    minLength: 1,
    maxLength: 4,
  });

  it('put together are what a plain search through the log finds: any filters, window, page sizes, either way', async () => {
    await fc.assert(
      fc.asyncProperty(anySelection, anyWish, anySizes, async (selection, wish, sizes) => {
        const found = search(told.all, selection, wish);
        // As many pages as events, or as there are streams to read for each, are much for one try.
        const enough = sizes.map(size => Math.max(size, Math.ceil(found.length / 40)));
        expect(await pages(told.log, selection, wish, enough)).toEqual(found);
      }),
      { numRuns: 200 },
    );
  });

  it('at the end of the log the cursor leads to what is new later, once', async () => {
    const { log, all } = await tellLog(tellMeetings(40));
    const selection = { types: ['HandRaised'] };
    const window = await openWindow(log, {}, NOW);
    const page = await readPage(log, selection, window, { limit: 100, userId: READER });
    const cursor = nextCursor(window, page) as string;
    expect([page.hasMore, cursor]).toEqual([false, `forwards.${all.at(-1)?.position}`]);
    const event = { id: 'new', type: 'HandRaised', version: 1, time: timeOf(99), data: {} };
    const metadata = { correlationId: 'r', userId: 'ada' };
    const { position } = await log.append('participant-p0', [{ ...event, metadata }], 'any');
    const later = await openWindow(log, { cursor }, NOW);
    const rest = await readPage(log, selection, later, { limit: 100, userId: READER });
    expect(rest.events.map(text => (JSON.parse(text) as RecordedEvent).position)).toEqual([position]);
  });

  it('backwards at the beginning, and in an empty log, there is nothing to go on with', async () => {
    const { log } = await tellLog([]);
    for (const [direction, cursor] of [
      ['forwards', 'forwards.-1'],
      ['backwards', null],
    ] as const) {
      const window = await openWindow(log, { direction }, NOW);
      const page = await readPage(log, {}, window, { limit: 5, userId: READER });
      expect([page.events, page.hasMore, nextCursor(window, page)]).toEqual([[], false, cursor]);
    }
  });

  it("a page of one meeting reads the meeting's own streams, and of those little that lies outside of the page", async () => {
    const seats = ['p1', 'p2', 'p3'];
    const { log, all } = await tellLog([
      ...tellMeetings(500, ['m2']),
      ...seats.map((id): Told => ['meeting-m1', 'ParticipantJoined', { meetingId: 'm1', participantId: id }]),
      ...Array.from({ length: 3_000 }, (_, n): Told => {
        const participantId = seats[n % 3] as string;
        return [`participant-${participantId}`, 'HandRaised', { meetingId: 'm1', participantId }];
      }),
    ]);
    const reads = countReads(log);
    for (const after of [-1, 1_500, all.length - 100]) {
      const before = reads.events;
      const window = await openWindow(log, { after }, NOW);
      const page = await readPage(log, { meetingId: 'm1' }, window, { limit: 10, userId: READER });
      expect(page.events).toHaveLength(10);
      // Its own stream twice; of each other stream where halving looked, and one chunk.
      expect(reads.events - before).toBeLessThanOrEqual(2 * seats.length + seats.length * (64 + 12));
    }
    expect(reads.calls.readAll).toBe(0);
    expect(reads.open).toBe(0);
  });
});

describe('a page of which few events fit', () => {
  const COUNT = 2 * LOOKED_AT_BY_A_PAGE + 500;
  let told: ToldLog;
  beforeAll(async () => {
    told = await tellLog(
      Array.from({ length: COUNT }, (_, n) => [
        `participant-p${n % 50}`,
        n === COUNT - 100 ? 'HandLowered' : 'HandRaised',
        { meetingId: 'm1', participantId: `p${n % 50}` },
      ]),
    );
  }, 60_000);

  it.each([
    ['forwards', [0, 0, 1]],
    ['backwards', [1, 0, 0]],
  ] as const)('looks at no more than so many, and the next one goes on: %s', async (direction, sizes) => {
    const { log } = told;
    const reads = countReads(log);
    const found: number[] = [];
    let cursor: string | null | undefined;
    for (let more = true; more;) {
      const before = reads.events;
      const window = await openWindow(log, { direction, cursor: cursor ?? undefined }, NOW);
      const page = await readPage(log, { types: ['HandLowered'] }, window, { limit: 10, userId: READER });
      expect(reads.events - before).toBeLessThanOrEqual(LOOKED_AT_BY_A_PAGE + 1);
      found.push(page.events.length);
      [cursor, more] = [nextCursor(window, page), page.hasMore];
    }
    // A slow machine may make more of them.
    expect(found.length).toBeGreaterThanOrEqual(sizes.length);
    expect(found.filter(size => size > 0)).toEqual([1]);
    expect(direction === 'forwards' ? found.at(-1) : found[0]).toBe(1);
  });

  it('a stream by its name is read by itself, wherever it lies', async () => {
    const reads = countReads(told.log);
    const since = new Date(EPOCH + COUNT / 4).toISOString();
    const window = await openWindow(told.log, { since }, NOW);
    const selection = { stream: { name: 'participant-p7', isPrefix: false } };
    const page = await readPage(told.log, selection, window, { limit: 3, userId: READER });
    const expected = search(told.all, selection, { since }).slice(0, 3);
    expect(page.events.map(text => JSON.parse(text) as unknown)).toEqual(expected);
    // Halving, the events of the page, and one more to see whether there is one.
    expect(reads.events).toBeLessThanOrEqual(16 + 4);
    expect(reads.calls.readAll).toBe(0);
  });
});

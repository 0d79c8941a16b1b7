import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AllStreamSubscription,
  END,
  eventTypeFilter,
  jsonEvent,
  START,
  streamNameFilter,
  type Position,
  type ResolvedEvent,
  type StreamSubscription,
} from '@eventstore/db-client';
import { openDoorForTests, type DoorForTests } from './door-for-tests.js';
import { MAX_READS } from './read-call.js';

let opened: DoorForTests;
beforeAll(async () => {
  opened = await openDoorForTests();
});
afterAll(() => opened.close());

const events = (count: number, type = 'Counted') =>
  Array.from({ length: count }, (_, n) => jsonEvent({ type, data: { n } }));
const write = (stream: string, count: number, type?: string) =>
  opened.client.appendToStream(stream, events(count, type));

interface Listening {
  /** What came, in order: revisions of events with their stream, and words for the rest. */
  readonly heard: string[];
  readonly positions: Position[];
  readonly until: (enough: (heard: readonly string[]) => boolean) => Promise<void>;
  readonly leave: () => Promise<void>;
}

function listen(subscription: StreamSubscription | AllStreamSubscription): Listening {
  const heard: string[] = [];
  const positions: Position[] = [];
  const hear = (word: string) => () => heard.push(word);
  const heardBy = subscription as StreamSubscription;
  heardBy.on('confirmation', hear('confirmed'));
  heardBy.on('caughtUp', hear('caught up'));
  heardBy.on('data', ({ event }: ResolvedEvent) => {
    heard.push(`${event?.streamId} ${event?.revision}`);
    if (event?.position) positions.push(event.position);
  });
  heardBy.on('error', error => heard.push(`error ${(error as { type?: string }).type}`));
  return {
    heard,
    positions,
    until: async enough => {
      while (!enough(heard)) await sleep(5);
    },
    leave: () => subscription.unsubscribe(),
  };
}

const live = (heard: readonly string[]): boolean => heard.includes('caught up');
const ends = (word: string) => (heard: readonly string[]) => heard.at(-1) === word;

describe('a subscription to a stream', () => {
  test('is confirmed, gives history, tells that it caught up, then goes on live', async () => {
    await write('history', 2);
    const listening = listen(opened.client.subscribeToStream('history', { fromRevision: START }));
    await listening.until(live);
    await write('another', 1);
    await write('historyX', 1);
    await write('history', 2);
    await listening.until(ends('history 3'));
    await listening.leave();
    expect(listening.heard).toEqual([
      'confirmed',
      'history 0',
      'history 1',
      'caught up',
      'history 2',
      'history 3',
    ]);
  });

  test('begins after the revision that it names, and from the end with new events alone', async () => {
    await write('after', 4);
    const after = listen(opened.client.subscribeToStream('after', { fromRevision: 1n }));
    const end = listen(opened.client.subscribeToStream('after', { fromRevision: END }));
    await after.until(live);
    await end.until(live);
    await write('after', 1);
    await after.until(ends('after 4'));
    await end.until(ends('after 4'));
    expect(after.heard).toEqual(['confirmed', 'after 2', 'after 3', 'caught up', 'after 4']);
    expect(end.heard).toEqual(['confirmed', 'caught up', 'after 4']);
    await after.leave();
    await end.leave();
  });

  test('waits for a stream that does not exist', async () => {
    const listening = listen(opened.client.subscribeToStream('not-yet'));
    await listening.until(live);
    await write('not-yet', 1);
    await listening.until(ends('not-yet 0'));
    await listening.leave();
  });

  test('loses and repeats nothing while others write', async () => {
    const writing = (async () => {
      for (let i = 0; i < 40; i += 1) await write('beside', 5);
    })();
    const started: Listening[] = [];
    for (let i = 0; i < 8; i += 1) {
      started.push(listen(opened.client.subscribeToStream('beside')));
      await sleep(10);
    }
    await writing;
    const expected = Array.from({ length: 200 }, (_, n) => `beside ${n}`);
    for (const listening of started) {
      await listening.until(heard => heard.includes('beside 199'));
      expect(listening.heard.filter(word => word.startsWith('beside'))).toEqual(expected);
      await listening.leave();
    }
  });

  test('shows no more of its history than the metadata of the stream leaves', async () => {
    await write('limited', 5);
    await opened.client.setStreamMetadata('limited', { maxCount: 2 });
    const listening = listen(opened.client.subscribeToStream('limited'));
    await listening.until(live);
    expect(listening.heard).toEqual(['confirmed', 'limited 3', 'limited 4', 'caught up']);
    await listening.leave();
  });

  test('ends with an error when the stream is deleted for good, before or while it listens', async () => {
    await write('deleted', 1);
    const listening = listen(opened.client.subscribeToStream('deleted'));
    await listening.until(live);
    await opened.client.tombstoneStream('deleted');
    await listening.until(ends('error stream-deleted'));
    const late = listen(opened.client.subscribeToStream('deleted'));
    await late.until(ends('error stream-deleted'));
    expect(late.heard).toEqual(['error stream-deleted']);
  });

  test('follows links where the client asks for it', async () => {
    await write('target', 1);
    const { binaryEvent } = await import('@eventstore/db-client');
    const listening = listen(opened.client.subscribeToStream('linking', { resolveLinkTos: true }));
    await listening.until(live);
    await opened.client.appendToStream('linking', binaryEvent({ type: '$>', data: Buffer.from('0@target') }));
    await listening.until(ends('target 0'));
    await listening.leave();
  });
});

describe('a subscription to $all', () => {
  test('gives history and goes on live, and resumed after a position gives what comes after it', async () => {
    await write('all-a', 2);
    const listening = listen(opened.client.subscribeToAll());
    await listening.until(live);
    await write('all-b', 2);
    await listening.until(ends('all-b 1'));
    await listening.leave();
    const { heard, positions } = listening;
    const tail = ['all-a 0', 'all-a 1', 'caught up', 'all-b 0', 'all-b 1'];
    expect(heard.slice(-5)).toEqual(tail);
    const resumed = listen(opened.client.subscribeToAll({ fromPosition: positions.at(-4) as Position }));
    await resumed.until(live);
    expect(resumed.heard).toEqual(['confirmed', 'all-a 1', 'all-b 0', 'all-b 1', 'caught up']);
    await resumed.leave();
  });

  test('from the start gives the first event, as from position 0', async () => {
    const first = listen(opened.client.subscribeToAll({ fromPosition: START }));
    const zero = listen(opened.client.subscribeToAll({ fromPosition: { commit: 0n, prepare: 0n } }));
    await first.until(live);
    await zero.until(live);
    expect(zero.heard).toEqual(first.heard);
    expect(zero.positions[0]).toEqual({ commit: 1n, prepare: 1n });
    await first.leave();
    await zero.leave();
  });

  test('from the end gives new events alone, of every stream', async () => {
    const listening = listen(opened.client.subscribeToAll({ fromPosition: END }));
    await listening.until(live);
    await write('end-a', 1);
    await write('end-b', 1);
    await listening.until(ends('end-b 0'));
    expect(listening.heard).toEqual(['confirmed', 'caught up', 'end-a 0', 'end-b 0']);
    await listening.leave();
  });

  test('gives system events as others', async () => {
    const listening = listen(opened.client.subscribeToAll({ fromPosition: END }));
    await listening.until(live);
    await opened.client.setStreamMetadata('system', { maxCount: 2 });
    await write('system', 1);
    await opened.client.tombstoneStream('system');
    await listening.until(heard => heard.length === 5);
    expect(listening.heard.slice(2)).toEqual(['$$system 0', 'system 0', 'system 9223372036854775807']);
    await listening.leave();
  });

  const cases = [
    ['stream prefixes', streamNameFilter({ prefixes: ['fa-', 'fb-'] }), ['fa-1 0', 'fb-1 0', 'fa-2 0']],
    ['a stream expression', streamNameFilter({ regex: '^fa-' }), ['fa-1 0', 'fa-2 0']],
    ['type prefixes', eventTypeFilter({ prefixes: ['Fil'] }), ['fb-1 0', 'fc-1 0']],
    ['a type expression', eventTypeFilter({ regex: '(?i)^FILTERED$' }), ['fb-1 0', 'fc-1 0']],
  ] as const;
  test.each(cases)('is filtered by %s, in history and live', async (_, filter, expected) => {
    const writeAll = async (suffix: string): Promise<void> => {
      await write(`fa-1${suffix}`, 1);
      await write(`fb-1${suffix}`, 1, 'Filtered');
      await write(`fc-1${suffix}`, 1, 'Filtered');
      await write(`fa-2${suffix}`, 1);
    };
    const unique = `-${expected.length}-${Math.random()}`;
    const from = await write('mark', 1);
    await writeAll(unique);
    const listening = listen(
      opened.client.subscribeToAll({ fromPosition: from.position as Position, filter }),
    );
    await listening.until(live);
    await writeAll(`${unique}-live`);
    const wanted = expected.map(word => word.replace(' ', `${unique} `));
    const later = expected.map(word => word.replace(' ', `${unique}-live `));
    await listening.until(ends(later.at(-1) as string));
    expect(listening.heard).toEqual(['confirmed', ...wanted, 'caught up', ...later]);
    await listening.leave();
  });

  test('is told how far a filter that lets nothing through has come, in history and live', async () => {
    const checkpoints: Position[] = [];
    const from = (await write('checkpoints', 1)).position as Position;
    await write('checkpoints', 100);
    const filter = streamNameFilter({
      prefixes: ['nothing'],
      maxSearchWindow: 10,
      checkpointInterval: 2,
      checkpointReached: (_, position) => {
        checkpoints.push(position);
      },
    });
    const listening = listen(opened.client.subscribeToAll({ fromPosition: from, filter }));
    await listening.until(live);
    expect(checkpoints.map(({ commit }) => Number(commit - from.commit))).toEqual([20, 40, 60, 80, 100]);
    const { position } = await write('checkpoints', 20);
    while (checkpoints.length < 6) await sleep(5);
    expect(checkpoints[5]).toEqual(position);
    await listening.leave();
    const resumed = listen(opened.client.subscribeToAll({ fromPosition: checkpoints[4] as Position }));
    await resumed.until(live);
    expect(resumed.heard).toHaveLength(22);
    await resumed.leave();
  });

  test('is refused while too many are open, and taken again once one is left', async () => {
    const subscriptions = Array.from({ length: MAX_READS }, () =>
      listen(opened.client.subscribeToAll({ fromPosition: END })),
    );
    for (const listening of subscriptions) await listening.until(live);
    const tooMany = listen(opened.client.subscribeToAll());
    await tooMany.until(ends('error unknown'));
    await subscriptions[0]?.leave();
    for (let taken = false; !taken;) {
      const again = listen(opened.client.subscribeToAll({ fromPosition: END }));
      await again.until(heard => heard.length > 0);
      taken = again.heard[0] === 'confirmed';
      if (taken) await again.leave();
    }
    await Promise.all(subscriptions.map(listening => listening.leave()));
  });

  test('that its client leaves costs nothing any more', async () => {
    const listening = listen(opened.client.subscribeToAll({ fromPosition: END }));
    await listening.until(live);
    await listening.leave();
    await write('left-alone', 3);
    expect(listening.heard).toEqual(['confirmed', 'caught up']);
  });
});

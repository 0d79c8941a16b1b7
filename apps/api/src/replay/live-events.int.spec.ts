import { afterEach, describe, expect, it } from '@jest/globals';
import type { EventLog, RecordedEvent } from '#libs/event-log';
import { countReads } from './counted-reads-for-tests.js';
import { removeToldLogs, type Told, tellLog, tellMeetings, timeOf } from './event-log-for-tests.js';
import type { EventSelection } from './event-selection.js';
import { openWindow } from './event-window.js';
import { liveEvents, withHeartbeat } from './live-events.js';

const NOW = Date.parse('2030-01-01T00:00:00Z');

const append = async (log: EventLog, [stream, type, data]: Told): Promise<number> => {
  const metadata = { correlationId: 'r', userId: 'ada' };
  const event = { id: crypto.randomUUID(), type, version: 1, time: timeOf(9_999), data, metadata };
  return (await log.append(stream, [event], 'any')).position;
};

/** The ids of a live stream as they come; every one stands before its own event. */
async function* idsOf(texts: AsyncIterable<string>): AsyncGenerator<number> {
  for await (const text of texts) {
    for (const [, id, data] of text.matchAll(/^id: (\d+)\ndata: (.*)\n\n/gm)) {
      expect((JSON.parse(String(data)) as RecordedEvent).position).toBe(Number(id));
      yield Number(id);
    }
  }
}

describe('live events', () => {
  afterEach(removeToldLogs);

  it.each<[string, EventSelection]>([
    ['all', {}],
    ['some types', { types: ['HandRaised'] }],
    ['a stream by its name', { stream: { name: 'participant-p0', isPrefix: false } }],
    ['a meeting', { meetingId: 'm1' }],
  ])('are history from the place asked for, then what is new: %s', async (_name, selection) => {
    const { log, all } = await tellLog(tellMeetings(800));
    const stop = new AbortController();
    const window = await openWindow(log, { resumeAfter: 300 }, NOW);
    const options = { userId: 'eve', signal: stop.signal };
    const ids = idsOf(liveEvents(log, selection, window, options));
    const seat = { meetingId: 'm1', participantId: 'p0' };
    // After the window was opened, before anything is read.
    const early = await append(log, ['participant-p0', 'HandRaised', seat]);
    const history = all.filter(
      ({ position, type, stream, data }) =>
        position > 300 &&
        (selection.types?.includes(type) ?? true) &&
        (!selection.stream || stream === selection.stream.name) &&
        (!selection.meetingId ||
          (type !== 'RoomOpened' && (data as { meetingId: string }).meetingId === selection.meetingId)) &&
        (data as { recipientId?: string }).recipientId === undefined,
    );
    for (const { position } of history) expect((await ids.next()).value).toBe(position);
    expect((await ids.next()).value).toBe(early);
    const next = ids.next();
    await append(log, ['participant-p9', 'AudioMuted', { meetingId: 'm9', participantId: 'p9' }]);
    const last = await append(log, ['participant-p0', 'HandRaised', seat]);
    expect((await next).value).toBe(
      'types' in selection || 'stream' in selection || 'meetingId' in selection ? last : last - 1,
    );
    stop.abort();
    for await (const _id of ids);
  });

  it('of a meeting do not seek its history in the whole log', async () => {
    const { log, all } = await tellLog([
      ['meeting-m1', 'ParticipantJoined', { meetingId: 'm1', participantId: 'p1' }],
      ...tellMeetings(2_000, ['m2']),
    ]);
    const reads = countReads(log);
    const stop = new AbortController();
    const options = { userId: 'eve', signal: stop.signal };
    const window = await openWindow(log, {}, NOW);
    const ids = idsOf(liveEvents(log, { meetingId: 'm1' }, window, options));
    expect((await ids.next()).value).toBe(0);
    const next = ids.next();
    const position = await append(log, ['chat-m1', 'ChatMessageSent', { meetingId: 'm1', senderId: 'ada' }]);
    expect((await next).value).toBe(position);
    expect(reads.events).toBeLessThan(all.length / 10);
    stop.abort();
    for await (const _id of ids);
    expect(reads.open).toBe(0);
  });
});

describe('the heartbeat', () => {
  it('beats while nothing comes, and lets all through that comes', async () => {
    const given = Promise.withResolvers<void>();
    async function* texts(): AsyncGenerator<string> {
      yield 'one';
      await given.promise;
      yield 'two';
    }
    const read: string[] = [];
    for await (const text of withHeartbeat(texts(), 5)) {
      read.push(text);
      if (read.length === 4) given.resolve();
    }
    expect(read[0]).toBe('one');
    expect(read.slice(1, 4)).toEqual(Array(3).fill(': heartbeat\n\n'));
    expect(read.filter(text => text !== ': heartbeat\n\n')).toEqual(['one', 'two']);
  });

  it('passes on what goes wrong', async () => {
    async function* texts(): AsyncGenerator<string> {
      yield 'one';
      throw new Error('the log is gone');
    }
    const beating = withHeartbeat(texts(), 10_000);
    await beating.next();
    await expect(beating.next()).rejects.toThrow('the log is gone');
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ERASED } from '#libs/domain';
import { collect, newEvent, takeFromTail } from '../contract/contract-fixtures.js';
import { START, type EventLog, type NewEvent, type RecordedEvent } from '../event-log.js';
import { openEventLog, openEventLogReader } from '../open-event-log.js';
import { openSqliteEventLog } from '../sqlite/open-sqlite-event-log.js';
import { erased, filesWith, said } from './personal-fixtures.js';
import type { PersonalEventLog } from './sealed-event-log.js';

const contentOf = ({ data }: RecordedEvent): unknown => (data as { content?: unknown }).content;

describe('personal texts in a log', () => {
  let dataDir: string;
  let log: PersonalEventLog;
  const open = async (): Promise<void> => {
    log = await openEventLog({ dataDir, eventLog: '' });
  };
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'parley-personal-'));
    await open();
  });
  afterEach(async () => {
    await log.close();
    rmSync(dataDir, { recursive: true });
  });
  /** What lies in the store. */
  const stored = async <T>(look: (store: EventLog) => Promise<T>): Promise<T> => {
    await log.close();
    const store = await openSqliteEventLog({ directory: join(dataDir, 'log') });
    try {
      return await look(store);
    } finally {
      await store.close();
      await open();
    }
  };
  const contents = async (): Promise<unknown[]> =>
    (await collect(log.readAll({ types: ['ChatMessageSent'] }))).map(contentOf);

  test('come back as they were by every way of reading, also half a surrogate pair', async () => {
    const events = [
      said('ada', 'Grüße 🎥 \ud83d half', { file: { url: 'https://f', name: 'n.pdf', size: 3 } }),
      said('ada', ''),
      said('grace', 'sealed:1:looks:likeit', { recipientId: 'ada' }),
    ];
    const tail = takeFromTail(log.tail({ after: START }), 3);
    const result = await log.append('chat-1', events, 'no-stream');
    expect(result.events.map(({ data }) => data)).toEqual(events.map(({ data }) => data));
    expect(Object.keys(result.events[0]?.data as object)).toEqual(Object.keys(events[0]?.data as object));
    expect(await collect(log.readStream('chat-1'))).toEqual(result.events);
    expect(await collect(log.readAll())).toEqual(result.events);
    expect(await collect(log.readAll({ direction: 'backwards' }))).toEqual(result.events.toReversed());
    expect(await tail).toEqual(result.events);
    expect(await log.append('chat-1', events, 'any')).toEqual(result);
  });

  test('are in no file of the log in the plain, while every other field is', async () => {
    await log.append(
      'chat-1',
      [
        said('ada', 'the secret', {
          file: { url: 'https://hidden', name: 'hidden.pdf', type: 'application/pdf' },
        }),
      ],
      'any',
    );
    for (const running of [true, false]) {
      if (!running) await log.close();
      for (const text of ['the secret', 'Name of ada', 'hidden']) {
        expect(filesWith(join(dataDir, 'log'), text)).toEqual([]);
      }
      expect(filesWith(join(dataDir, 'log'), 'application/pdf')).not.toEqual([]);
    }
    await open();
    const [event] = await stored(store => collect(store.readAll()));
    expect(event?.data).toEqual({
      messageId: 'm',
      senderId: 'ada',
      senderName: expect.stringMatching(/^sealed:1:/),
      content: expect.stringMatching(/^sealed:1:/),
      file: {
        url: expect.stringMatching(/^sealed:1:/),
        name: expect.stringMatching(/^sealed:1:/),
        type: 'application/pdf',
      },
    });
  });

  test('that are absent stay absent, and what only bears the name of such an event is left alone', async () => {
    const odd: unknown[] = [null, 'text', [1], {}, { senderId: 7, content: 'c' }, { content: 'nobody' }];
    const events = [
      newEvent({ type: 'ParticipantJoined', data: { userId: 'ada', displayName: 'Ada', email: undefined } }),
      ...odd.map(data => newEvent({ type: 'ChatMessageSent', data })),
      newEvent({ type: 'ParticipantJoined', data: { userId: 'ada', displayName: 5, email: null } }),
    ];
    await log.append('odd', events, 'any');
    expect((await collect(log.readAll())).map(({ data }) => data)).toStrictEqual([
      { userId: 'ada', displayName: 'Ada' },
      ...odd,
      { userId: 'ada', displayName: 5, email: null },
    ]);
  });

  test("the writer's events are not changed, and are recorded as they were when the append was called", async () => {
    for (const round of ['a new key', 'the key at hand']) {
      const data = { senderId: 'ada', content: round, file: { name: 'n', size: 1 } };
      const event = newEvent({ type: 'ChatMessageSent', data });
      const appending = log.append('chat-1', [event], 'any');
      expect(data).toEqual({ senderId: 'ada', content: round, file: { name: 'n', size: 1 } });
      data.content = 'changed';
      data.file.size = 2;
      expect((await appending).events[0]?.data).toMatchObject({ content: round, file: { size: 1 } });
    }
  });

  test('of an erased user are [erased] wherever they stand, and all else is as it was', async () => {
    await log.append('chat-1', [said('ada', 'one', { file: { name: 'n', size: 1 } })], 'any');
    await log.append('chat-2', [said('grace', 'two'), said('ada', 'three')], 'any');
    const before = await collect(log.readAll());
    await log.append('user-ada', [erased('ada')], 'any');
    const gone = { senderName: ERASED, content: ERASED };
    for (let opened = 0; opened < 2; opened += 1) {
      const after = await collect(log.readAll());
      const [one, two, three] = before as [RecordedEvent, RecordedEvent, RecordedEvent];
      expect(after.slice(0, 3)).toEqual([
        { ...one, data: { ...(one.data as object), ...gone, file: { name: ERASED, size: 1 } } },
        two,
        { ...three, data: { ...(three.data as object), ...gone } },
      ]);
      await log.close();
      await open();
    }
  });

  test('of a user who comes back are sealed with another key: the new ones show, the old ones do not', async () => {
    await log.append('chat-1', [said('ada', 'before')], 'any');
    const { events } = await log.append('user-ada', [erased('ada')], 'any');
    await log.append('chat-1', [said('ada', 'after')], 'any');
    expect(await contents()).toEqual([ERASED, 'after']);
    // The reaction to an erasure may come again, also in a later process.
    await log.eraseUser('ada', events[0]?.id as string);
    await log.append('user-ada', events, 'any');
    await log.close();
    await open();
    await log.eraseUser('ada', events[0]?.id as string);
    expect(await contents()).toEqual([ERASED, 'after']);
    await log.append('user-ada', [erased('ada')], 'any');
    expect(await contents()).toEqual([ERASED, ERASED]);
  });

  test('are erased before the event and readable after it, to the position, however many write meanwhile', async () => {
    await log.append('chat-1', [said('ada', 'first')], 'any');
    const say = (n: number): Promise<unknown> => log.append('chat-1', [said('ada', `text ${n}`)], 'any');
    const live = takeFromTail(log.tail({ after: START, types: ['ChatMessageSent'] }), 121);
    const appends = Array.from({ length: 120 }, (_, n) =>
      n % 40 === 20 ? Promise.all([log.append('user-ada', [erased('ada')], 'any'), say(n)]) : say(n),
    );
    await Promise.all(appends);
    const all = await collect(log.readAll());
    const last = all.findLast(({ type }) => type === 'UserErased')?.position as number;
    expect(all.filter(({ type }) => type === 'UserErased')).toHaveLength(3);
    const texts = all.filter(({ type }) => type === 'ChatMessageSent');
    expect(texts.map(contentOf).filter((text, i) => (text === ERASED) !== texts[i]!.position < last)).toEqual(
      [],
    );
    expect(texts.some(({ position }) => position > last)).toBe(true);
    await live;
  });

  test('of an erasure that a process did not carry out any more are erased when the log is opened', async () => {
    await log.append('chat-1', [said('ada', 'before'), said('grace', 'hers')], 'any');
    await stored(store => store.append('user-ada', [erased('ada')], 'any'));
    expect(await contents()).toEqual([ERASED, 'hers']);
    expect(log.lastErasure).toBe((await collect(log.readStream('user-ada')))[0]?.id);
  });

  test('of a log of before keys are given as they are', async () => {
    const plain = await stored(store => store.append('chat-1', [said('ada', 'as ever')], 'any'));
    expect(await collect(log.readAll())).toEqual(plain.events);
  });

  test('that were damaged, forged or moved elsewhere are [erased], and nothing throws', async () => {
    await log.append('chat-1', [said('ada', 'good'), said('ada', 'other')], 'any');
    await stored(async store => {
      const [good, other] = await collect(store.readAll());
      const text = contentOf(good!) as string;
      const wrong = [
        contentOf(other!) as string,
        text.slice(0, -2),
        text.slice(0, 30),
        text.replace(/.{6}$/, 'AAAAAA'),
        `${text.slice(0, text.lastIndexOf(':'))}:`,
        'sealed:1:',
        'sealed:1::',
        'sealed:1:nokey:AAAA',
      ];
      // In the place of the first one's content, under its id: in a stream of its own.
      for (const [n, content] of wrong.entries()) {
        const data = { ...(good!.data as object), content };
        await store.append(`forged-${n}`, [{ ...good!, data } satisfies NewEvent], 'any');
      }
    });
    const [good, other, ...forged] = await contents();
    expect([good, other]).toEqual(['good', 'other']);
    expect(forged).toEqual(Array(8).fill(ERASED));
  });

  test('are given to a process that only looks, from before there are keys on', async () => {
    const reader = await openEventLogReader({ dataDir, eventLog: '' });
    await log.append('chat-1', [said('ada', 'hello')], 'any');
    expect((await collect(reader.readStream('chat-1'))).map(contentOf)).toEqual(['hello']);
    await log.append('user-ada', [erased('ada')], 'any');
    const later = await openEventLogReader({ dataDir, eventLog: '' });
    expect((await collect(later.readAll({ types: ['ChatMessageSent'] }))).map(contentOf)).toEqual([ERASED]);
    expect(await later.head()).toBe(await log.head());
    await Promise.all([reader.close(), later.close()]);
  });

  test('are all [erased] without the directory of keys', async () => {
    await log.append('chat-1', [said('ada', 'hello')], 'any');
    await log.close();
    rmSync(join(dataDir, 'keys'), { recursive: true });
    const reader = await openEventLogReader({ dataDir, eventLog: '' });
    expect((await collect(reader.readAll())).map(contentOf)).toEqual([ERASED]);
    await reader.close();
    await open();
    expect(await contents()).toEqual([ERASED]);
  });
});

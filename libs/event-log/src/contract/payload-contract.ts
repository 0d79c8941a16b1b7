import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EventTooLarge, InvalidAppend } from '../event-log-errors.js';
import { MAX_EVENT_BYTES, type EventLog } from '../event-log.js';
import { collect, newEvent, newEvents, type ContractLog, type OpenEmpty } from './contract-fixtures.js';

export function describePayloadContract(openEmpty: OpenEmpty): void {
  describe('what an event carries', () => {
    let opened: ContractLog;
    let log: EventLog;
    beforeAll(async () => {
      opened = await openEmpty();
      log = opened.log;
    });
    afterAll(() => opened.close());

    test('comes back as it was: any JSON value, version, time to the digit, metadata without a cause', async () => {
      const values = [null, true, 0, -1.5e-7, '', [], {}, [1, [2, { three: [null] }]], { a: { b: [{}] } }];
      const events = values.map((data, i) =>
        newEvent({
          data,
          version: i + 1,
          time: '2026-11-02T10:00:00.123456Z',
          metadata: { correlationId: 'c', userId: 'u' },
        }),
      );
      const result = await log.append('values', events, 'no-stream');
      const recorded = await collect(log.readStream('values'));
      expect(recorded).toStrictEqual(result.events);
      recorded.forEach((event, i) => expect(event).toMatchObject(events[i] as object));
    });

    test('is kept in every script, in names and in data', async () => {
      const texts = [
        'Grüße',
        '会議室',
        'اجتماع',
        '🎥👩‍👩‍👧',
        'e\u0301',
        '\ufeff',
        "'; DROP TABLE events; --",
        '\\"\n\t',
        '\u{10ffff}',
      ];
      for (const text of texts) {
        const event = newEvent({ id: `id ${text}`, type: `type ${text}`, data: { [text]: text } });
        const { events } = await log.append(`stream ${text}`, [event], 'no-stream');
        expect(events).toEqual([expect.objectContaining(event)]);
        expect(await collect(log.readStream(`stream ${text}`))).toEqual(events);
        expect(await collect(log.readAll({ types: [`type ${text}`] }))).toEqual(events);
        expect(await collect(log.readAll({ streamPrefixes: [`stream ${text}`] }))).toEqual(events);
      }
    });

    test('may hold what text columns often lose: NUL and half a surrogate pair', async () => {
      const data = { nul: 'a\0b', half: '\ud83d', other: '\udc00x' };
      await log.append('odd-text', [newEvent({ data })], 'no-stream');
      expect(await collect(log.readStream('odd-text'))).toMatchObject([{ data }]);
    });

    test('is what JSON keeps of it, the same for the writer as for later readers', async () => {
      const data = { at: new Date(0), gone: undefined, map: new Map([[1, 2]]), nan: Number.NaN };
      const { events } = await log.append('as-json', [newEvent({ data })], 'no-stream');
      expect(events[0]?.data).toStrictEqual({ at: '1970-01-01T00:00:00.000Z', map: {}, nan: null });
      expect(await collect(log.readStream('as-json'))).toStrictEqual(events);
    });

    test('is what it was when the append was called, whatever the writer does with its objects then', async () => {
      const data = { text: 'before' };
      const appending = log.append('not-shared', [newEvent({ data })], 'no-stream');
      data.text = 'after';
      expect((await appending).events[0]?.data).toEqual({ text: 'before' });
      expect(await collect(log.readStream('not-shared'))).toMatchObject([{ data: { text: 'before' } }]);
    });

    test('is refused when it is not JSON, with all that was to be appended with it', async () => {
      const circular: Record<string, unknown> = {};
      circular.self = circular;
      for (const data of [undefined, () => 1, 10n, circular]) {
        await expect(log.append('no-json', [newEvent(), newEvent({ data })], 'any')).rejects.toThrow(
          InvalidAppend,
        );
      }
      expect(await collect(log.readStream('no-json'))).toEqual([]);
    });

    test('may be as large as the limit and no byte larger, counted in UTF-8', async () => {
      const metadata = { correlationId: 'c', userId: 'u' };
      const rest = JSON.stringify(metadata).length + 2;
      const full = newEvent({ metadata, data: 'x'.repeat(MAX_EVENT_BYTES - rest) });
      const { events } = await log.append('large', [full], 'no-stream');
      expect(await collect(log.readStream('large'))).toEqual(events);
      for (const data of [`${String(full.data)}x`, 'ü'.repeat(MAX_EVENT_BYTES / 2)]) {
        const append = log.append('large', [newEvent({ metadata, data })], 'any');
        await expect(append).rejects.toThrow(EventTooLarge);
        await expect(append).rejects.toMatchObject({ limit: MAX_EVENT_BYTES, type: 'ThingHappened' });
      }
      expect(await collect(log.readStream('large'))).toHaveLength(1);
    });

    test('many large events come back in order, both ways', async () => {
      const events = newEvents(12, i => ({ data: String(i % 10).repeat(700_000) }));
      for (const event of events) await log.append('many-large', [event], 'any');
      const forwards = await collect(log.readStream('many-large'));
      expect(forwards.map(event => String(event.data).slice(0, 3))).toEqual(
        events.map(event => String(event.data).slice(0, 3)),
      );
      const backwards = await collect(
        log.readAll({ direction: 'backwards', streamPrefixes: ['many-large'] }),
      );
      expect(backwards.reverse()).toEqual(forwards);
    });
  });
}

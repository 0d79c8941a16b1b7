import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { LogUnavailable, RevisionConflict } from '../event-log-errors.js';
import { START } from '../event-log.js';
import {
  batchesOf,
  collect,
  ids,
  newEvent,
  newEvents,
  takeFromTail,
  type ContractLog,
  type OpenEmpty,
} from './contract-fixtures.js';

export function describeDurabilityContract(openEmpty: OpenEmpty): void {
  describe('close and open again', () => {
    let opened: ContractLog;
    beforeEach(async () => {
      opened = await openEmpty();
    });
    afterEach(() => opened.close());

    test('closing finishes the appends under way, then refuses with LogUnavailable', async () => {
      const { log } = opened;
      const events = newEvents(50);
      const underWay = events.map(event => log.append('closing', [event], 'any'));
      const closing = log.close();
      await expect(log.append('closing', [newEvent()], 'any')).rejects.toThrow(LogUnavailable);
      expect((await Promise.all(underWay)).map(result => result.revision)).toEqual(events.map((_, i) => i));
      await closing;
      await log.close();
      await expect(log.append('closing', [newEvent()], 'any')).rejects.toThrow(LogUnavailable);
      await expect(log.head()).rejects.toThrow(LogUnavailable);
      await expect(collect(log.readAll())).rejects.toThrow(LogUnavailable);
      await expect(collect(log.readStream('closing'))).rejects.toThrow(LogUnavailable);
      await expect(takeFromTail(log.tail({ after: START }), 1)).rejects.toThrow(LogUnavailable);
    });

    test('closing ends every tail, also one that waits and one in the midst of history', async () => {
      const { log } = opened;
      await log.append('tails', newEvents(2_000), 'any');
      const waiting = batchesOf(log.tail({ after: 'end' }));
      const slow = (async () => {
        for await (const batch of log.tail({ after: START })) await sleep(batch.length > 0 ? 10 : 0);
        return 'ended';
      })();
      await sleep(20);
      await log.close();
      expect(await waiting).toEqual([]);
      expect(await slow).toBe('ended');
    });

    test('what was appended is there after opening again, and everything goes on from it', async () => {
      if (opened.reopen === undefined) return;
      const before = await opened.log.append('kept', newEvents(300), 'no-stream');
      const head = await opened.log.head();
      const log = await opened.reopen();
      expect(await log.head()).toBe(head);
      expect(await collect(log.readStream('kept'))).toEqual(before.events);
      expect(await log.append('kept', before.events.slice(0, 2), 'no-stream')).toMatchObject({ revision: 1 });
      await expect(log.append('kept', [newEvent()], 'no-stream')).rejects.toThrow(RevisionConflict);
      const after = await log.append('kept', newEvents(2), 299);
      expect(after.revision).toBe(301);
      expect(after.events[0]?.position).toBeGreaterThan(head);
      const tail = await takeFromTail(log.tail({ after: before.events[297]?.position as number }), 4);
      expect(ids(tail)).toEqual(ids([...before.events.slice(298), ...after.events]));
    });
  });
}

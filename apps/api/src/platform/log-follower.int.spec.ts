import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { loadConfig } from '#libs/config';
import { DomainError } from '#libs/domain';
import { type EventLog, openSqliteEventLog, type RecordedEvent } from '#libs/event-log';
import { openReadModels, ProjectionRunner, type ReadModelStore } from '#libs/read-models';
import { ulid } from 'ulid';
import { LoggedLines } from '../testing/logged-lines.js';
import { until } from '../testing/until.js';
import { LogFollower } from './log-follower.js';

jest.setTimeout(90_000);

describe('LogFollower', () => {
  let directory: string;
  let log: EventLog;
  let readModels: ReadModelStore;
  let projections: ProjectionRunner;
  let lines: LoggedLines;
  let followers: LogFollower[];

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'parley-follower-'));
    log = await openSqliteEventLog({ directory: join(directory, 'log') });
    readModels = await openReadModels({ file: join(directory, 'read-models.db') });
    lines = new LoggedLines();
    projections = new ProjectionRunner({
      log,
      database: readModels.writer,
      projections: [],
      onError: error => lines.logger.error({ err: error }),
    });
    await projections.start();
    followers = [];
  });
  afterEach(async () => {
    for (const follower of followers) await follower.onApplicationShutdown();
    await projections.stop();
    await readModels.close();
    await log.close();
    rmSync(directory, { recursive: true });
  });

  const open = (): LogFollower => {
    const follower = new LogFollower(
      loadConfig({ PARLEY_DATA_DIR: directory }),
      log,
      projections,
      lines.logger,
    );
    followers.push(follower);
    return follower;
  };
  const close = (follower: LogFollower): Promise<void> => {
    followers = followers.filter(one => one !== follower);
    return follower.onApplicationShutdown();
  };
  const append = async (type: string, ...names: string[]): Promise<void> => {
    for (const name of names) {
      const event = {
        id: ulid(),
        type,
        version: 1,
        time: new Date().toISOString(),
        data: { name },
        metadata: { correlationId: 'test', userId: 'test' },
      };
      await log.append(`test-${name[0]}`, [event], 'any');
    }
  };
  const nameOf = ({ data }: RecordedEvent): string => (data as { name: string }).name;
  const laneOf = (event: RecordedEvent): string => nameOf(event)[0] ?? '';

  it('reacts to each event of its types from now on, in order', async () => {
    await append('Wanted', 'a0');
    const seen: string[] = [];
    open().follow('test', { types: ['Wanted'] }, event => void seen.push(nameOf(event)));
    await append('Wanted', 'a1', 'b1');
    await append('Other', 'a2');
    await append('Wanted', 'a3');
    await until('all were seen', () => seen.length === 3);
    expect(seen).toEqual(['a1', 'b1', 'a3']);
  });

  it('a reaction that fails is logged, and does not keep the next from coming', async () => {
    const seen: string[] = [];
    open().follow('test', { types: ['Wanted'] }, event => {
      if (nameOf(event) === 'a1') throw new Error('boom');
      seen.push(nameOf(event));
    });
    await append('Wanted', 'a1', 'a2');
    await until('the next was seen', () => seen.includes('a2'));
    expect(lines.errors).toMatchObject([{ follower: 'test', event: 'Wanted', err: { message: 'boom' } }]);
  });

  it('in a lane a reaction that fails for want of something is taken again, in order, and other lanes do not wait', async () => {
    const seen: string[] = [];
    let missing = 2;
    open().follow('test', { types: ['Wanted'], laneOf }, event => {
      // Twice at least, and until the other lane has gone on.
      if (nameOf(event) === 'a1' && (missing-- > 0 || !seen.includes('b1')))
        throw new DomainError('UNAVAILABLE');
      seen.push(nameOf(event));
    });
    await append('Wanted', 'a1', 'a2', 'b1');
    await until('all were seen', () => seen.length === 3);
    expect(seen).toEqual(['b1', 'a1', 'a2']);
    expect(lines.errors).toEqual([]);
  });

  it('what the domain refuses for good is not taken again', async () => {
    let calls = 0;
    const seen: string[] = [];
    open().follow('test', { types: ['Wanted'], laneOf }, event => {
      if (nameOf(event) === 'a1') {
        calls += 1;
        throw new DomainError('MEETING_ENDED');
      }
      seen.push(nameOf(event));
    });
    await append('Wanted', 'a1', 'a2');
    await until('the next was seen', () => seen.includes('a2'));
    expect([calls, lines.errors]).toEqual([1, []]);
  });

  it('a durable follower goes on where it was stopped, however long ago; another one at the end', async () => {
    const first: string[] = [];
    const follower = open();
    follower.follow('durable', { types: ['Wanted'], durable: true }, event => void first.push(nameOf(event)));
    await append('Wanted', 'a1', 'a2');
    await until('both were seen', () => first.length === 2);
    await close(follower);
    await append('Wanted', 'a3', 'a4');
    const [durable, passing]: [string[], string[]] = [[], []];
    const next = open();
    next.follow('durable', { types: ['Wanted'], durable: true }, event => void durable.push(nameOf(event)));
    next.follow('passing', { types: ['Wanted'] }, event => void passing.push(nameOf(event)));
    await append('Wanted', 'a5');
    await until('the last was seen', () => durable.includes('a5') && passing.includes('a5'));
    expect([durable, passing]).toEqual([['a3', 'a4', 'a5'], ['a5']]);
  });

  it('what was not done when it was stopped is done after it, with all that came later', async () => {
    const follower = open();
    const seen: string[] = [];
    follower.follow('durable', { types: ['Wanted'], laneOf, durable: true }, event => {
      if (nameOf(event) === 'a1') throw new DomainError('UNAVAILABLE');
      seen.push(nameOf(event));
    });
    await append('Wanted', 'b0', 'a1', 'b1');
    await until('the other lane went on', () => seen.includes('b1'));
    await close(follower);
    const after: string[] = [];
    open().follow(
      'durable',
      { types: ['Wanted'], laneOf, durable: true },
      event => void after.push(nameOf(event)),
    );
    await until('it is taken up', () => after.includes('a1') && after.includes('b1'));
    expect(after.sort()).toEqual(['a1', 'b1']);
  });

  it('remembers no position but those that it was given: of the last event before the first that is not done', async () => {
    const follower = open();
    const seen: string[] = [];
    follower.follow('durable', { types: ['Wanted'], laneOf, durable: true }, event => {
      if (nameOf(event) === 'a1') throw new DomainError('UNAVAILABLE');
      seen.push(nameOf(event));
    });
    await append('Wanted', 'b0');
    await append('Other', 'b1', 'b2');
    await append('Wanted', 'a1', 'b3');
    await until('the other lane went on', () => seen.includes('b3'));
    await close(follower);
    const positions: Record<string, number> = {};
    for await (const event of log.readAll()) positions[nameOf(event)] = event.position;
    const saved: unknown = JSON.parse(readFileSync(join(directory, 'followers.json'), 'utf8'));
    expect(saved).toEqual({ durable: positions.b0 });
  });

  it('a checkpoint beyond the log, as of another log, counts for nothing', async () => {
    const follower = open();
    const seen: string[] = [];
    follower.follow('durable', { types: ['Wanted'], durable: true }, event => void seen.push(nameOf(event)));
    await append('Wanted', 'a1', 'a2', 'a3');
    await until('all were seen', () => seen.length === 3);
    await close(follower);
    await projections.stop();
    await log.close();
    rmSync(join(directory, 'log'), { recursive: true });
    log = await openSqliteEventLog({ directory: join(directory, 'log') });
    projections = new ProjectionRunner({
      log,
      database: readModels.writer,
      projections: [],
      onError: () => undefined,
    });
    await projections.start();
    open().follow('durable', { types: ['Wanted'], durable: true }, event => void seen.push(nameOf(event)));
    await until('it follows', async () => {
      await append('Wanted', 'x');
      return seen.includes('x');
    });
  });
});

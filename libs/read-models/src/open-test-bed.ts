import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { versionOf } from '#libs/domain';
import { openSqliteEventLog, type EventLog, type RecordedEvent } from '#libs/event-log';
import { openReadModels, type ReadModelStore } from './open-read-models.js';
import type { Projection } from './projection.js';
import { ProjectionRunner } from './projection-runner.js';
import { ALL_PROJECTIONS } from './projections/all-projections.js';

export interface TestBed {
  readonly log: EventLog;
  readonly store: ReadModelStore;
  readonly file: string;
  /** What the runners reported: the projection's name, or undefined for the log, and the error's message. */
  readonly errors: readonly (readonly [string | undefined, string])[];
  runner(projections?: readonly Projection[], log?: EventLog): ProjectionRunner;
  /** Appends events to a stream, given as type and data. */
  append(
    stream: string,
    ...events: readonly (readonly [type: string, data: object])[]
  ): Promise<readonly RecordedEvent[]>;
  /** Opens the tables' file again. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

/** A log, tables and runners in a directory of their own. For tests. */
export const openTestBed = async (): Promise<TestBed> => {
  const directory = mkdtempSync(join(tmpdir(), 'parley-read-models-'));
  const file = join(directory, 'read-models.db');
  const log = await openSqliteEventLog({ directory });
  let store = await openReadModels({ file });
  const runners: ProjectionRunner[] = [];
  const errors: (readonly [string | undefined, string])[] = [];
  let events = 0;
  return {
    log,
    file,
    errors,
    get store() {
      return store;
    },
    runner: (projections = ALL_PROJECTIONS, tailed = log) => {
      const onError = (error: unknown, name?: string): void => {
        errors.push([name, error instanceof Error ? error.message : String(error)]);
      };
      const database = store.writer;
      const runner = new ProjectionRunner({ log: tailed, database, projections, onError, retryDelay: 5 });
      runners.push(runner);
      return runner;
    },
    append: async (stream, ...given) => {
      const metadata = { correlationId: 'request', userId: 'ada' };
      const time = '2026-11-22T10:00:00.000Z';
      const appended = await log.append(
        stream,
        given.map(([type, data]) => ({
          id: `event-${events++}`,
          type,
          version: versionOf(type),
          time,
          data,
          metadata,
        })),
        'any',
      );
      return appended.events;
    },
    reopen: async () => {
      await store.close();
      store = await openReadModels({ file });
    },
    close: async () => {
      await Promise.all(runners.map(runner => runner.stop()));
      await store.close();
      await log.close();
      rmSync(directory, { recursive: true });
    },
  };
};

import { setImmediate } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { START, type EventLog, type Position, type RecordedEvent } from '#libs/event-log';
import { applyEvents, ProjectionFailed, type Progress } from './apply-events.js';
import { createCheckpoints, readCheckpoint, resetProjections } from './checkpoints.js';
import type { Database } from './database.js';
import { oneAtATime } from './one-at-a-time.js';
import { pause } from './pause.js';
import { PositionWaiters } from './position-waiters.js';
import type { Projection } from './projection.js';
import type { ProjectionStatus, RebuildProgress } from './projection-status.js';
import { RebuildAside } from './rebuild-aside.js';

export interface ProjectionRunnerOptions {
  readonly log: EventLog;
  /** The writing connection of the read models, which nobody else writes to. */
  readonly database: Kysely<Database>;
  readonly projections: readonly Projection[];
  /** Told of every failure, each time: of one projection, or of the log when no name is given. */
  readonly onError: (error: unknown, projection?: string) => void;
  /** Milliseconds before the first repeat of what failed (default 100); doubles up to a hundredfold. */
  readonly retryDelay?: number;
}

/** Events of one transaction: few enough that requests are not kept waiting by a replay, which gives way after each. */
const CHUNK = 200;

interface Tracked extends Progress {
  /** Set while it reads the log by itself, apart from the common tail: behind it, or failing. */
  lane: symbol | undefined;
  attempts: number;
  error: unknown;
}

/**
 * Keeps projections at the end of the log. Those that are in step share one tail, and one transaction per batch. One that
 * lags or fails reads the log by itself, in a lane of its own, until it is in step again: it never skips an
 * event, and never holds up the others.
 */
export class ProjectionRunner {
  readonly #tracked: readonly Tracked[];
  readonly #waiters = new PositionWaiters();
  readonly #exclusively = oneAtATime();
  readonly #oneRebuild = oneAtATime();
  readonly #stop = new AbortController();
  readonly #running = new Set<Promise<void>>();
  readonly #retryDelay: number;
  /** Position of the common tail. */
  #position: Position = START;

  constructor(private readonly options: ProjectionRunnerOptions) {
    this.#retryDelay = options.retryDelay ?? 100;
    this.#tracked = options.projections.map(projection => ({
      projection,
      types: new Set(projection.types),
      position: START,
      lane: undefined,
      attempts: 0,
      error: undefined,
    }));
  }

  /** Builds what is new or of another version from the log's start, and follows the log. Resolves when all tables exist. */
  async start(): Promise<void> {
    const { database, log } = this.options;
    await createCheckpoints(database);
    const head = await log.head();
    const stale: Tracked[] = [];
    for (const tracked of this.#tracked) {
      const position = await readCheckpoint(database, tracked.projection);
      // Beyond the log's end: the log was replaced or set back, and the tables tell of what never happened.
      if (position === undefined || position > head) stale.push(tracked);
      else tracked.position = position;
    }
    await resetProjections(
      database,
      stale.map(({ projection }) => projection),
    );
    this.#position = Math.max(START, ...this.#tracked.map(({ position }) => position));
    this.#openLane(this.#tracked.filter(({ position }) => position < this.#position));
    this.#run(this.#follow());
  }

  /** Resolves when every projection has applied the log up to a position, at once where it has. Rejects when the runner stops. */
  caughtUp(position: Position): Promise<void> {
    if (this.#stop.signal.aborted) return Promise.reject(stopped());
    return position <= this.#lowest() ? Promise.resolve() : this.#waiters.wait(position);
  }

  /**
   * Replays the log into new tables of projections (all, when no names are given), aside, and then puts them in place of the
   * old ones. Everything goes on meanwhile on the old tables; only while the new ones are copied into place does applying
   * pause, and with it `caughtUp`. Rejects, and leaves all as it was, when a projection or the log fails.
   */
  async rebuild(names?: readonly string[], onProgress?: (progress: RebuildProgress) => void): Promise<void> {
    const unknown = names?.find(name => !this.#tracked.some(({ projection }) => projection.name === name));
    if (unknown !== undefined) throw new Error(`There is no projection ${unknown}`);
    const chosen = this.#tracked.filter(({ projection }) => names?.includes(projection.name) ?? true);
    if (chosen.length === 0) return;
    const rebuilding = this.#oneRebuild(() => this.#rebuild(chosen, onProgress));
    this.#run(Promise.allSettled([rebuilding]).then(() => undefined));
    return rebuilding;
  }

  /** How far each projection is behind the log's end, in positions. */
  async lag(): Promise<Readonly<Record<string, number>>> {
    const head = await this.options.log.head();
    return Object.fromEntries(
      this.#tracked.map(({ projection, position }) => [projection.name, Math.max(0, head - position)]),
    );
  }

  status(): readonly ProjectionStatus[] {
    return this.#tracked.map(({ projection: { name, version }, position, lane, attempts, error }) => ({
      name,
      version,
      position,
      state: attempts > 0 ? 'failing' : lane ? 'catching-up' : 'live',
      ...(attempts > 0 && { error: error instanceof Error ? error.message : String(error) }),
      attempts,
    }));
  }

  /** Stops after the batch that is being applied. The log and the database stay open. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#running);
    this.#waiters.rejectAll(stopped());
  }

  async #rebuild(
    chosen: readonly Tracked[],
    onProgress: (progress: RebuildProgress) => void = () => undefined,
  ): Promise<void> {
    const { log, database } = this.options;
    const projections = chosen.map(({ projection }) => projection);
    const rebuild = await RebuildAside.begin(log, database, projections);
    const step = async (): Promise<boolean> => {
      if (this.#stop.signal.aborted) throw stopped();
      return rebuild.step(CHUNK);
    };
    try {
      const head = await log.head();
      while (rebuild.position < head && (await step())) {
        onProgress({ done: Math.min(rebuild.position, head), head });
        await setImmediate();
      }
      await this.#exclusively(async () => {
        // What came meanwhile: nobody must see a table go back in time.
        while (await step()) await setImmediate();
        await rebuild.swap();
        for (const tracked of chosen) {
          Object.assign(tracked, {
            position: rebuild.position,
            attempts: 0,
            error: undefined,
            lane: undefined,
          });
        }
        this.#advanced();
      });
    } finally {
      await rebuild.end();
    }
  }

  #run(work: Promise<void>): void {
    const running: Promise<void> = work.finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  #lowest(): Position {
    let lowest = Number.MAX_SAFE_INTEGER;
    for (const { position } of this.#tracked) if (position < lowest) lowest = position;
    return lowest;
  }

  #pause(attempts: number): Promise<void> {
    return pause(this.#retryDelay * Math.min(100, 2 ** (attempts - 1)), this.#stop.signal);
  }

  async #follow(): Promise<void> {
    const { signal } = this.#stop;
    for (let failures = 0; !signal.aborted;) {
      try {
        for await (const batch of this.options.log.tail({ after: this.#position, signal })) {
          failures = 0;
          for (let from = 0; from < batch.length && !signal.aborted; from += CHUNK) {
            const chunk = from === 0 && batch.length <= CHUNK ? batch : batch.slice(from, from + CHUNK);
            await this.#exclusively(() => this.#applyInStep(chunk));
            if (batch.length > CHUNK) await setImmediate();
          }
          if (signal.aborted) return;
        }
      } catch (error) {
        if (signal.aborted) return;
        this.options.onError(error);
      }
      // The tail ended though nobody stopped it: the log is closed or out of reach.
      if (!signal.aborted) await this.#pause(++failures);
    }
  }

  async #applyInStep(chunk: readonly RecordedEvent[]): Promise<void> {
    const applied = await this.#apply(
      this.#tracked.filter(({ lane }) => lane === undefined),
      chunk,
    );
    this.#position = chunk.at(-1)?.position ?? this.#position;
    // Only now are those that failed behind the tail.
    for (const tracked of applied.failed) this.#openLane([tracked]);
    this.#advanced();
  }

  /** Applies a chunk to as many as can; those that fail are set apart and keep their position. */
  async #apply(
    members: readonly Tracked[],
    chunk: readonly RecordedEvent[],
  ): Promise<{ readonly failed: readonly Tracked[] }> {
    const failed: Tracked[] = [];
    let able = members;
    for (;;) {
      try {
        await applyEvents(this.options.database, able, chunk);
        for (const tracked of able) tracked.attempts = 0;
        return { failed };
      } catch (error) {
        const guilty = error instanceof ProjectionFailed ? [error.projection as Tracked] : able;
        for (const tracked of guilty) {
          tracked.attempts += 1;
          tracked.error = error instanceof ProjectionFailed ? error.cause : error;
          this.options.onError(tracked.error, tracked.projection.name);
        }
        failed.push(...guilty);
        able = able.filter(tracked => !guilty.includes(tracked));
        if (able.length === 0) return { failed };
      }
    }
  }

  #advanced(): void {
    this.#waiters.reached(this.#lowest());
  }

  #openLane(members: readonly Tracked[]): void {
    for (const [position, together] of Map.groupBy(members, tracked => tracked.position)) {
      const lane = Symbol(`from ${position}`);
      for (const tracked of together) tracked.lane = lane;
      this.#run(this.#catchUp(lane));
    }
  }

  /** Reads the log for the members of a lane, which all stand at one position, until they have reached the common tail. */
  async #catchUp(lane: symbol): Promise<void> {
    const inLane = (): Tracked[] => this.#tracked.filter(tracked => tracked.lane === lane);
    while (!this.#stop.signal.aborted) {
      // Who fails is alone in its lane.
      const attempts = inLane()[0]?.attempts ?? 0;
      if (attempts > 0) await this.#pause(attempts);
      const from = inLane()[0]?.position;
      if (from === undefined) return;
      let chunk: RecordedEvent[] = [];
      try {
        for await (const event of this.options.log.readAll({ from, limit: CHUNK })) chunk.push(event);
      } catch (error) {
        this.options.onError(error);
        chunk = [];
        await this.#pause(1);
        continue;
      }
      await this.#exclusively(async () => {
        // A rebuild may have put members in step meanwhile.
        const members = inLane();
        const { failed } = await this.#apply(members, chunk);
        if (failed.length > 0 && members.length > 1) for (const tracked of failed) this.#openLane([tracked]);
        for (const tracked of inLane()) {
          if (tracked.attempts === 0 && tracked.position >= this.#position) tracked.lane = undefined;
        }
        this.#advanced();
      });
      await setImmediate();
    }
  }
}

const stopped = (): Error => new Error('The projections were stopped');

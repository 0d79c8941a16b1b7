import { monotonicFactory } from 'ulid';
import {
  type Aggregate,
  type DomainEvent,
  DomainError,
  type Principal,
  streamOf,
  versionOf,
} from '#libs/domain';
import type { NewEvent } from '#libs/event-log';
import type { Random } from './random.js';

/** An event, and the stream that it belongs to. */
export type SampleEvent = NewEvent & { readonly stream: string };

interface Appointment {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly action: () => void;
}

/**
 * A world with a clock of its own: what is to happen waits for its time, and what happens are commands to Parley's
 * aggregates, whose events are kept in order. A command that an aggregate refuses changes nothing, as in the real one.
 */
export class World {
  #now = 0;
  #states = new Map<string, unknown>();
  #events: SampleEvent[] = [];
  readonly #waiting: Appointment[] = [];
  readonly #ulid: ReturnType<typeof monotonicFactory>;

  constructor(readonly random: Random) {
    this.#ulid = monotonicFactory(random.next);
  }

  get now(): number {
    return this.#now;
  }

  /** An id that belongs to this moment. */
  newId(): string {
    return this.#ulid(this.#now);
  }

  /** Lets something happen at a moment, or now where that has passed. */
  at(moment: number, action: () => void): void {
    const at = Math.max(Math.round(moment), this.#now);
    let low = 0;
    let high = this.#waiting.length;
    // Behind what waits for the same moment: the next one is last in the list.
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#waiting[middle] as Appointment).at <= at) high = middle;
      else low = middle + 1;
    }
    this.#waiting.splice(low, 0, { at, action });
  }

  after(seconds: number, action: () => void): void {
    this.at(this.#now + seconds * 1000, action);
  }

  state<S>(aggregate: { readonly name: string; readonly initial: S }, id: string): S {
    return (this.#states.get(streamOf(aggregate, id)) ?? aggregate.initial) as S;
  }

  /** Gives a command. Returns what it brought about: nothing when it was refused. */
  do<S, C extends { readonly type: string }, E extends DomainEvent>(
    aggregate: Aggregate<S, C, E>,
    id: string,
    by: Principal,
    command: C extends unknown ? Omit<C, 'by' | 'at'> : never,
  ): readonly E[] {
    const stream = streamOf(aggregate, id);
    const time = new Date(this.#now).toISOString();
    let state = this.state(aggregate, id);
    try {
      const decided = aggregate.decide(state, { ...command, by, at: time } as unknown as C);
      const metadata = { correlationId: `req_${this.newId()}`, userId: by.userId };
      for (const { type, data } of decided) {
        this.#events.push({ stream, id: this.newId(), type, version: versionOf(type), time, data, metadata });
      }
      for (const event of decided) state = aggregate.evolve(state, event);
      this.#states.set(stream, state);
      return decided;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return [];
    }
  }

  /** Lets everything happen that is waiting, and gives what came of it. */
  run(): SampleEvent[] {
    for (let next = this.#waiting.pop(); next !== undefined; next = this.#waiting.pop()) {
      this.#now = next.at;
      next.action();
    }
    const events = this.#events;
    this.#events = [];
    return events;
  }

  /** Forgets aggregates to which nothing happens any more, but for those of one kind. */
  forgetAllBut({ name }: { readonly name: string }): void {
    this.#states = new Map([...this.#states].filter(([stream]) => stream.startsWith(`${name}-`)));
  }
}

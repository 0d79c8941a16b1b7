import { isDeepStrictEqual } from 'node:util';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { type Aggregate, type DomainEvent, replay } from './aggregate.js';
import { deepFreeze } from './deep-freeze.js';
import { DomainError } from './domain-error.js';

/** What became of one command of a sequence. */
export interface Step<State, Command, Event> {
  readonly command: Command;
  readonly before: State;
  readonly after: State;
  readonly events: readonly Event[];
  /** All events before this command. */
  readonly history: readonly Event[];
  readonly refused?: DomainError;
}

const throughJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Users who must never be taken for something that every object has, or for a place in an array. */
export const HOSTILE_IDS = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '0', ''] as const;

/** Records as handlers make them: objects like all others, which fast-check's are not always. */
export const anyRecord = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record(model, { noNullPrototype: true });

/**
 * Support for property tests: executes commands one after the other. Throws where `decide` or `evolve` changes what it was
 * given, or refuses with anything but a DomainError.
 */
export const runSequence = <State, Command, Event extends DomainEvent>(
  aggregate: Aggregate<State, Command, Event>,
  commands: readonly Command[],
): readonly Step<State, Command, Event>[] => {
  const steps: Step<State, Command, Event>[] = [];
  let history: readonly Event[] = [];
  let after = deepFreeze(aggregate.initial);
  for (const command of deepFreeze(commands)) {
    const before = after;
    let events: readonly Event[] = [];
    let refused: DomainError | undefined;
    try {
      events = deepFreeze(aggregate.decide(before, command));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      refused = error;
    }
    for (const event of events) after = deepFreeze(aggregate.evolve(after, event));
    steps.push({ command, before, after, events, history, ...(refused && { refused }) });
    if (events.length > 0) history = [...history, ...events];
  }
  return steps;
};

/**
 * Support for property tests, true of every aggregate: the same is decided again; a command that leads to no events leaves
 * the state as it was; state and events are plain JSON; and the events lead to the same states once more, from the
 * beginning and from any snapshot, with all of it read back from text.
 */
export const expectReplayable = <State, Command, Event extends DomainEvent>(
  aggregate: Aggregate<State, Command, Event>,
  steps: readonly Step<State, Command, Event>[],
): void => {
  const all = steps.flatMap(({ events }) => events);
  const expectSame = (actual: unknown, expected: unknown): void => {
    // Much faster than toEqual, and stricter: a key without a value would not survive JSON.
    if (!isDeepStrictEqual(actual, expected)) expect(actual).toStrictEqual(expected);
  };
  expectSame(throughJson(all), all);
  const last = steps.at(-1)?.after ?? aggregate.initial;
  expectSame(replay(aggregate, all), last);
  let fromText = throughJson(aggregate.initial);
  for (const { command, before, after, events, history, refused } of steps) {
    if (!refused) expectSame(aggregate.decide(before, command), events);
    if (events.length === 0) {
      expect(after).toBe(before);
      continue;
    }
    fromText = throughJson(replay(aggregate, throughJson(events), fromText));
    expectSame(fromText, after);
    expectSame(replay(aggregate, all.slice(history.length + events.length), throughJson(after)), last);
  }
};

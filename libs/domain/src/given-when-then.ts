import { expect } from '@jest/globals';
import { type Aggregate, type DomainEvent, replay } from './aggregate.js';
import { deepFreeze } from './deep-freeze.js';
import { DomainError } from './domain-error.js';
import type { ErrorCode } from './error-table.js';

/**
 * Reads as the rule it holds: given what happened, when this is asked, then this happens or it is refused. State and
 * command are frozen, so that a `decide` or `evolve` that changes its arguments fails.
 */
export const specify = <State, Command, Event extends DomainEvent>(
  aggregate: Aggregate<State, Command, Event>,
) => ({
  given: (...events: readonly Event[]) => {
    const state = deepFreeze(replay(aggregate, deepFreeze(events), deepFreeze(aggregate.initial)));
    return {
      /** The state that the given events lead to. */
      state,
      when: (command: Command) => {
        const decide = (): readonly Event[] => aggregate.decide(state, deepFreeze(command));
        return {
          /** Exactly these events; none means that the command asks for what is already so. */
          then: (...expected: readonly Event[]): void => expect(decide()).toEqual(expected),
          thenRefused: (code: ErrorCode, details?: Readonly<Record<string, unknown>>): void => {
            const attempt = (): Event[] => {
              const decided = [...decide()];
              throw new Error(`not refused, but decided ${JSON.stringify(decided)}`);
            };
            expect(attempt).toThrow(DomainError);
            expect(attempt).toThrow(expect.objectContaining({ code, ...(details && { details }) }));
          },
        };
      },
    };
  },
});

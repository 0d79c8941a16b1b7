import { DomainError, type Aggregate } from '#libs/domain';

export type CounterCommand =
  | {
      readonly type: 'Add';
      readonly amount: number;
      readonly times?: number;
      readonly limit?: number;
      readonly note?: unknown;
    }
  /** A bug in `decide`. */
  | { readonly type: 'Break' }
  /** A bug in `evolve`. */
  | { readonly type: 'Corrupt' };
export interface Added {
  readonly type: 'Added' | 'Corrupted';
  readonly data: { readonly amount: number; readonly note?: unknown };
}
export interface CounterState {
  readonly sum: number;
  readonly amounts: readonly number[];
}

/** The smallest aggregate that has a rule, a way to change nothing, and bugs on demand: for tests of the actors. */
export const Counter: Aggregate<CounterState, CounterCommand, Added> = {
  name: 'counter',
  initial: { sum: 0, amounts: [] },
  decide: (state, command) => {
    if (command.type === 'Break') throw new TypeError('a bug in decide');
    if (command.type === 'Corrupt') return [{ type: 'Corrupted', data: { amount: 0 } }];
    const { amount, times = 1, limit = Infinity, note } = command;
    if (amount < 0) throw new DomainError('VALIDATION_FAILED');
    if (state.sum + amount * times > limit) throw new DomainError('MAX_PARTICIPANTS_REACHED');
    if (amount === 0) return [];
    return Array.from({ length: times }, () => ({ type: 'Added', data: { amount, note } }) as const);
  },
  evolve: (state, { type, data }) => {
    if (type === 'Corrupted') throw new RangeError('a bug in evolve');
    return { sum: state.sum + data.amount, amounts: [...state.amounts, data.amount] };
  },
};

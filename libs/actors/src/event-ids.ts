import { monotonicFactory } from 'ulid';
import { randomFraction } from './new-ulid.js';

/** Makes ULIDs, each greater than the one before. */
export const monotonicIds = (): (() => string) => {
  const nextId = monotonicFactory(randomFraction);
  // Called with an argument it would take that for the time.
  return () => nextId();
};

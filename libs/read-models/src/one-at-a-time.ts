/** Runs pieces of work one after the other, in the order in which they were given. */
export const oneAtATime = (): (<T>(work: () => Promise<T>) => Promise<T>) => {
  let last: Promise<unknown> = Promise.resolve();
  return work => {
    const mine = last.then(work, work);
    // Whoever comes next waits for the end, not for success; the caller gets the error.
    last = Promise.allSettled([mine]);
    return mine;
  };
};

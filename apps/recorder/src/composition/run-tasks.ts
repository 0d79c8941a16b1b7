export type Task = (signal: AbortSignal) => Promise<void>;

/** Runs tasks in order, so many at a time. When one fails the others are aborted, and its error is thrown. */
export const runTasks = async (
  tasks: readonly Task[],
  atATime: number,
  signal?: AbortSignal,
): Promise<void> => {
  const failing = new AbortController();
  const either = signal ? AbortSignal.any([signal, failing.signal]) : failing.signal;
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < tasks.length) {
      either.throwIfAborted();
      await tasks[next++]!(either);
    }
  };
  const workers = Array.from({ length: Math.min(atATime, tasks.length) }, async () => {
    try {
      await worker();
    } catch (error) {
      failing.abort(error);
    }
  });
  await Promise.all(workers);
  either.throwIfAborted(); // the reason is the first error
};

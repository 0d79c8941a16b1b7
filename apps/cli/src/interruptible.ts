import { once } from 'node:events';

/** The exit codes that a shell gives to what a signal ended. */
const CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** Somebody pressed Ctrl-C. */
class Interrupted extends Error {}

/** Whoever read the output went away. */
const brokenPipe = (error: unknown): boolean => (error as NodeJS.ErrnoException | null)?.code === 'EPIPE';

/**
 * Runs work that cleans up after itself when its signal aborts, which it does at Ctrl-C, and when nobody reads the output
 * any more, as behind `| head`. Sets the exit code then, and says nothing: who did it knows.
 */
export const interruptible = async (work: (signal: AbortSignal) => Promise<void>): Promise<void> => {
  const controller = new AbortController();
  const { signal } = controller;
  const handlers = Object.entries(CODES).map(([name, code]) => {
    // A second Ctrl-C ends the process at once.
    const handler = (): void => {
      process.exitCode = code;
      controller.abort(new Interrupted());
    };
    process.once(name, handler);
    return [name, handler] as const;
  });
  // Stays: what is still on its way may fail after the work.
  process.stdout.on('error', error => controller.abort(error));
  try {
    await work(signal);
    // What is written may not have left yet, and its end may still fail.
    if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain', { signal });
  } catch (error) {
    const reason: unknown = signal.aborted ? signal.reason : error;
    if (!(reason instanceof Interrupted) && !brokenPipe(reason)) throw reason;
  } finally {
    for (const [name, handler] of handlers) process.off(name, handler);
  }
};

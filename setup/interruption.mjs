/**
 * What Ctrl-C (or SIGTERM, or the terminal's closing) does to set-up: ends what runs, and set-up with it. Every
 * command runs in a process group of its own, so that the terminal's signal reaches set-up alone, which decides; a
 * command that must not be cut short (Debian's package manager while it unpacks) is waited for.
 */

/** @typedef {{ pid: number, title: string, mayBeCutShort: boolean, ended: Promise<unknown> }} Running */

/** @type {Set<Running>} */
const running = new Set();
/** @type {(() => void)[]} */
const whenInterrupted = [];
let interrupted = false;
const KILL_AFTER_MS = 5000;

/** @param {number} group @param {NodeJS.Signals} signal */
export const signalGroup = (group, signal) => {
  try {
    process.kill(-group, signal);
  } catch (error) {
    // Already gone: what was wanted.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
};

/** @param {Running} one */
const end = async one => {
  if (one.mayBeCutShort) {
    signalGroup(one.pid, 'SIGTERM');
    setTimeout(() => signalGroup(one.pid, 'SIGKILL'), KILL_AFTER_MS).unref();
  } else {
    process.stderr.write(
      `\nStopping as soon as this is done, since it must not be cut short: ${one.title}\n`,
    );
  }
  await one.ended;
};

const onSignal = async () => {
  if (interrupted) return;
  interrupted = true;
  await Promise.allSettled([...running].map(end));
  for (const tidy of whenInterrupted) tidy();
  process.stderr.write('\nInterrupted. The next start takes up where this one stopped.\n');
  process.exit(130);
};

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
for (const signal of SIGNALS) process.on(signal, onSignal);

/** Hands the signals back: from here on another part of the program answers them. */
export const releaseSignals = () => {
  for (const signal of SIGNALS) process.removeListener(signal, onSignal);
};

/** Never settles once an interruption is under way, so that nothing more begins. */
export const pauseIfInterrupted = () => (interrupted ? new Promise(() => {}) : Promise.resolve());

/** @param {() => void} tidy called once everything that ran has ended */
export const onInterrupted = tidy => {
  whenInterrupted.push(tidy);
};

/** @param {Running} one */
export const watchRunning = one => {
  running.add(one);
  void one.ended.finally(() => running.delete(one));
};

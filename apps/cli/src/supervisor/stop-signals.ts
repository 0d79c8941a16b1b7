/**
 * One Ctrl-C may arrive several times: from the terminal, and again from npm and the launcher, which pass it on. Within
 * this time it counts once.
 */
const SAME_KEYSTROKE_MS = 500;

/**
 * Listens for everything that means "stop": Ctrl-C, SIGTERM, the terminal's closing, and the end of the launcher that
 * started this process with an IPC channel.
 * @param onStop called the first time
 * @param onImpatience called for each further time
 */
export const onStopSignals = (onStop: () => void, onImpatience: () => void): void => {
  let first: number | undefined;
  const heard = () => {
    const now = performance.now();
    if (first === undefined) {
      first = now;
      onStop();
    } else if (now - first > SAME_KEYSTROKE_MS) {
      onImpatience();
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, heard);
  process.once('disconnect', heard);
};

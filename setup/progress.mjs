/** One line for each step of set-up, and signs of life while it lasts. */

/** A step shorter than this shows its closing line alone. */
const ANNOUNCED_AFTER_MS = 1000;
const REPEATED_EVERY_MS = 15_000;

/** What a step throws that went through and found something amiss: its message stands in the closing line. */
export class Amiss extends Error {
  /** @override */
  name = 'Amiss';
}

/** @param {number} ms */
export const seconds = ms => (ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`);

/** @param {string} title @param {() => string} state @param {number} begun */
const liveOnTerminal = (title, state, begun) => {
  const draw = () => process.stdout.write(`\r\x1b[K… ${title}${state()} (${seconds(Date.now() - begun)})`);
  const timer = setInterval(draw, 200);
  return () => {
    clearInterval(timer);
    process.stdout.write('\r\x1b[K');
  };
};

/** @param {string} title @param {() => string} state @param {number} begun */
const liveInLog = (title, state, begun) => {
  const say = () => process.stdout.write(`… ${title}${state()} (${seconds(Date.now() - begun)})\n`);
  const first = setTimeout(say, ANNOUNCED_AFTER_MS);
  const timer = setInterval(say, REPEATED_EVERY_MS);
  return () => {
    clearTimeout(first);
    clearInterval(timer);
  };
};

/**
 * Runs one step and shows it. What `work` reports through its argument stands beside the title meanwhile; what it
 * returns, if it is a text, stands in the closing line.
 * @template T
 * @param {string} title
 * @param {(report: (state: string) => void) => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export const step = async (title, work) => {
  const begun = Date.now();
  let state = '';
  const live = process.stdout.isTTY ? liveOnTerminal : liveInLog;
  const end = live(title, () => state && `: ${state}`, begun);
  /** @param {string} mark @param {string} note */
  const close = (mark, note) => {
    end();
    process.stdout.write(`${mark} ${title}${note && `: ${note}`} (${seconds(Date.now() - begun)})\n`);
  };
  try {
    const result = await work(text => {
      state = text;
    });
    close('✓', typeof result === 'string' ? result : '');
    return result;
  } catch (error) {
    close('✗', error instanceof Amiss ? error.message : '');
    throw error;
  }
};

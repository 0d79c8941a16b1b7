import { useEffect, useRef } from 'react';

export interface ReplayKeys {
  readonly play: () => void;
  readonly step: (by: 1 | -1) => void;
  readonly help: () => void;
}

/** Where keys have a meaning of their own: they write, choose, or press what has the focus. */
const TYPING = 'input:not([type=range]):not([type=radio]), textarea, select, [contenteditable]';
const PRESSING = 'button, a[href], summary, input[type=radio]';

/** The keys that work wherever the focus is; the slider and the list have theirs beside these. */
export const useReplayKeys = (keys: ReplayKeys): void => {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const target = event.target instanceof Element ? event.target : undefined;
      if (target?.closest(TYPING) || document.querySelector('dialog[open]')) return;
      const { play, step, help } = latest.current;
      if (event.key === ' ' && !target?.closest(PRESSING)) play();
      else if (event.key === 'j') step(1);
      else if (event.key === 'k') step(-1);
      else if (event.key === '?') help();
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
};

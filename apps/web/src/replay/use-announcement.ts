import { useEffect, useState } from 'react';

/** Milliseconds of stillness after which something is worth saying. */
const STILL_MS = 700;

/**
 * What to read aloud: the moment at which one came to rest. Nothing while it plays, nor where the slider or the list has the
 * focus and says it itself.
 */
export const useAnnouncement = (text: string, quiet: boolean): string => {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (quiet) return;
    const timer = setTimeout(() => {
      const speaks = document.activeElement?.matches('[role=listbox], [type=range]') ?? false;
      setSaid(speaks ? '' : text);
    }, STILL_MS);
    return () => clearTimeout(timer);
  }, [text, quiet]);
  return said;
};

import { useEffect, useState } from 'react';

/** Whole seconds until a moment, counted down; undefined where there is none. @param until ISO 8601 */
export const useRemaining = (until: string | null | undefined): number | undefined => {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!until) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [until]);
  return until ? Math.max(0, Math.ceil((Date.parse(until) - now) / 1000)) : undefined;
};

import { useEffect, useRef } from 'react';
import { LevelMeter } from '../session/level-meter.js';

const PERIOD_MS = 80;

/** Shows that the microphone hears something. */
export const LevelBar = ({ track }: { readonly track: MediaStreamTrack }) => {
  const bar = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const meter = new LevelMeter(track);
    const timer = setInterval(() => {
      // Loudness is felt in steps of ratio: the root makes a whisper visible and a shout not overflow.
      const width = Math.min(1, Math.sqrt(meter.level() * 3));
      bar.current?.style.setProperty('--level', width.toFixed(2));
    }, PERIOD_MS);
    return () => {
      clearInterval(timer);
      meter.close();
    };
  }, [track]);
  return <span ref={bar} className="level-bar" aria-hidden="true" />;
};

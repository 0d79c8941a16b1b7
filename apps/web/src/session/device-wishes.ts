import type { LocalWishes } from './local-media.js';

const KEY = 'parley.devices';
type Remembered = Omit<LocalWishes, 'cameraHeight'>;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** Reads what was remembered; whatever is missing or broken in it is as on a first visit: both devices on. */
export const parseWishes = (stored: string | null): Remembered => {
  let read: Record<string, unknown> = {};
  try {
    const parsed: unknown = JSON.parse(stored ?? '{}');
    if (typeof parsed === 'object' && parsed !== null) read = parsed as Record<string, unknown>;
  } catch {
    // Not ours, or cut short: the first visit's choice stands.
  }
  return {
    microphoneOn: read['microphoneOn'] !== false,
    cameraOn: read['cameraOn'] !== false,
    microphoneId: text(read['microphoneId']),
    cameraId: text(read['cameraId']),
    speakerId: text(read['speakerId']),
  };
};

export const rememberedWishes = (): Remembered => parseWishes(localStorage.getItem(KEY));

export const rememberWishes = ({
  microphoneOn,
  cameraOn,
  microphoneId,
  cameraId,
  speakerId,
}: Remembered): void =>
  localStorage.setItem(KEY, JSON.stringify({ microphoneOn, cameraOn, microphoneId, cameraId, speakerId }));

import type { Position } from '#libs/event-log';
import type { ProjectionRunner } from '#libs/read-models';

/** Milliseconds that anything waits for this node's read models: a broken one must not stop everything for ever. */
const WITHIN_MS = 2000;

/** Waits until this node's read models have come to a position; false when that takes too long, or `signal` aborts. */
export const projected = async (
  projections: ProjectionRunner,
  position: Position,
  signal?: AbortSignal,
): Promise<boolean> => {
  let giveUp = (): void => undefined;
  const late = new Promise<false>(resolve => (giveUp = () => resolve(false)));
  const timer = setTimeout(giveUp, WITHIN_MS);
  signal?.addEventListener('abort', giveUp);
  try {
    return await Promise.race([projections.caughtUp(position).then(() => true), late]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', giveUp);
  }
};

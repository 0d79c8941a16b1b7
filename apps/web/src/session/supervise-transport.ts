import type { types } from 'mediasoup-client';

/** Milliseconds in which a disturbed path may recover by itself before ICE is restarted. */
const PATIENCE_MS = 2_500;

/**
 * Watches a transport's path: restarts ICE once when it is lost, and reports it broken when that did not help. A path
 * that came back gets its second chance again.
 */
export const superviseTransport = (
  transport: types.Transport,
  restartIce: () => Promise<void>,
  broken: (reason: unknown) => void,
): void => {
  let restarted = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const mend = () => {
    clearTimeout(timer);
    if (transport.closed || transport.connectionState === 'connected') return;
    if (restarted) {
      broken(
        new Error(
          `The ${transport.direction} transport stayed ${transport.connectionState} after an ICE restart`,
        ),
      );
      return;
    }
    restarted = true;
    restartIce().catch(broken);
  };

  transport.on('connectionstatechange', state => {
    clearTimeout(timer);
    if (state === 'connected') restarted = false;
    else if (state === 'failed') mend();
    else if (state === 'disconnected') timer = setTimeout(mend, PATIENCE_MS);
  });
  transport.observer.on('close', () => clearTimeout(timer));
};

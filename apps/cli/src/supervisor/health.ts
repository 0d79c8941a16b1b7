import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 100;
const ANSWER_TIMEOUT_MS = 2000;

const isHealthy = async (address: string, signal: AbortSignal): Promise<boolean> => {
  try {
    const response = await fetch(`${address}/health`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
    });
    await response.body?.cancel();
    return response.status === 200;
  } catch (error) {
    // Not listening yet, or too slow to count: what fetch throws for those.
    if (error instanceof TypeError || (error as Error).name === 'TimeoutError') return false;
    throw error;
  }
};

/**
 * Settles once GET /health answers 200, which is when all parts are ready.
 * @throws AbortError when the signal is aborted
 */
export const untilHealthy = async (address: string, signal: AbortSignal): Promise<void> => {
  while (!(await isHealthy(address, signal))) await sleep(POLL_MS, undefined, { signal });
};

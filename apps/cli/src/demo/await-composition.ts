import { setTimeout as sleep } from 'node:timers/promises';
import { CommandFailure } from '../command-failure.js';
import type { ApiClient } from './api-client.js';

interface RecordingView {
  readonly processing_status: string;
  readonly processing_percent: number;
}

const LIMIT_MS = 300_000;

/** Waits until a recording is composed, telling its progress. @throws CommandFailure when it failed or takes too long. */
export const awaitComposition = async (
  host: ApiClient,
  recordingId: string,
  say: (line: string) => void,
): Promise<void> => {
  const deadline = Date.now() + LIMIT_MS;
  for (let shown = 0; Date.now() < deadline; await sleep(250)) {
    const view = await host.call<RecordingView>('GET', `/api/v1/recordings/${recordingId}`);
    if (view.processing_status === 'completed') return;
    if (view.processing_status === 'failed') throw new CommandFailure('The recording could not be composed.');
    if (view.processing_percent > shown) {
      shown = view.processing_percent;
      say(`Composed: ${shown} %`);
    }
  }
  throw new CommandFailure('The recording was not composed within five minutes; the logs may tell why.');
};

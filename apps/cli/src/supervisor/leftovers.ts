import { setTimeout as sleep } from 'node:timers/promises';
import { lives } from './process-identity.js';
import { signalGroup } from './process-group.js';
import { readRunRecord, removeRunRecord } from './run-record.js';

const PATIENCE_MS = 10_000;
const POLL_MS = 50;

/**
 * Waits for the processes of an earlier run that was killed: they end by themselves once they miss their supervisor,
 * and until then hold ports and files. Call it with the data directory's lock held.
 * @returns the names of those that did not end in time and were killed
 */
export const clearLeftovers = async (dataDir: string): Promise<string[]> => {
  const processes = readRunRecord(dataDir)?.processes ?? [];
  const deadline = Date.now() + PATIENCE_MS;
  while (processes.some(lives) && Date.now() < deadline) await sleep(POLL_MS);
  const stuck = processes.filter(lives);
  for (const { pid } of stuck) signalGroup(pid, 'SIGKILL');
  while (stuck.some(lives)) await sleep(POLL_MS);
  removeRunRecord(dataDir);
  return stuck.map(({ name }) => name);
};

import { Worker } from 'node:worker_threads';
import { LogUnavailable } from './event-log-errors.js';

/**
 * Starts a thread that says `opened` once it is ready.
 * @param url of its file as it is compiled; run from sources, as tests are, Node strips the types of the file itself
 * @param what cannot be used without the thread, for the error's sentence
 * @throws LogUnavailable when it ends before that
 */
export function startThread(url: URL, name: string, workerData: unknown, what: string): Promise<Worker> {
  const file = import.meta.url.endsWith('.ts') ? new URL(url.href.replace(/\.js$/, '.ts')) : url;
  const worker = new Worker(file, { name, workerData });
  return new Promise((resolve, reject) => {
    const settle = (settled: () => void): void => {
      worker.off('message', opened).off('error', failed).off('exit', ended);
      settled();
    };
    const opened = (): void => settle(() => resolve(worker));
    const failed = (cause: Error): void =>
      settle(() => reject(new LogUnavailable(`${what} could not be opened: ${cause.message}`, { cause })));
    const ended = (): void => failed(new Error('the thread ended'));
    worker.on('message', opened).on('error', failed).on('exit', ended);
  });
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '../../../../libs/service/src/free-port-for-tests.js';
import { until } from './until.js';

const LOADER = new URL('../../../../libs/event-log/test/typescript-sources.mjs', import.meta.url).href;
const MAIN = new URL('../main.ts', import.meta.url).pathname;

/** The api as a process of its own, which a test may kill. */
export class ApiProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly address: string,
  ) {}

  /** Starts it and waits until it answers. */
  static async start(env: Readonly<Record<string, string>>): Promise<ApiProcess> {
    const port = await freePort();
    const child = spawn(process.execPath, ['--conditions=source', '--import', LOADER, MAIN], {
      env: { PATH: process.env.PATH, PORT: String(port), PARLEY_LOG_LEVEL: 'error', ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const started = new ApiProcess(child, `http://127.0.0.1:${port}`);
    const answers = () =>
      fetch(`${started.address}/health`).then(
        () => true,
        () => false,
      );
    await until('the api answers', answers, 120_000);
    return started;
  }

  /** Ends it with SIGKILL; nothing when it has ended. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }
}

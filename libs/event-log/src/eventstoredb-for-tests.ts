import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../service/src/free-port-for-tests.js';

const LOADER = new URL('../test/typescript-sources.mjs', import.meta.url).href;
const PROGRAM = fileURLToPath(new URL('../test/door-process.ts', import.meta.url));

/** An EventStoreDB for tests: the door, in a process of its own, which can be killed and started again on its data and port. */
export class TestDoor {
  #process: ChildProcessByStdio<null, Readable, null> | undefined;

  private constructor(
    readonly directory: string,
    readonly port: number,
  ) {}

  static async start(): Promise<TestDoor> {
    const door = new TestDoor(mkdtempSync(join(tmpdir(), 'parley-door-')), await freePort());
    await door.restart();
    return door;
  }

  get connectionString(): string {
    return `esdb://127.0.0.1:${this.port}?tls=false`;
  }

  get running(): boolean {
    return this.#process !== undefined;
  }

  async restart(): Promise<void> {
    const args = ['--import', LOADER, PROGRAM, '--port', String(this.port), '--data', this.directory];
    const child = spawn(process.execPath, args, {
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#process = child;
    const lines = createInterface({ input: child.stdout });
    const listening = once(lines, 'line');
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`The door ended with ${String(code)} before it listened`);
    });
    void Promise.allSettled([ended]);
    await Promise.race([listening, ended]);
  }

  /** As a power cut would: nothing is finished, nobody is told. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** In good order: calls are ended. */
  async shutDown(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** Keeps its connections and answers nothing. */
  freeze(): void {
    this.#process?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#process?.kill('SIGCONT');
  }

  /** Ends it and removes its data. */
  async stop(): Promise<void> {
    await this.#end('SIGKILL');
    rmSync(this.directory, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jwtSecret } from '#libs/config';
import jwt from 'jsonwebtoken';

interface RunRecord {
  readonly address: string;
  readonly processes: readonly { readonly name: string; readonly pid: number }[];
}

/** Small pictures: two cores carry three browsers, encoding included. */
const SMALL = {
  PARLEY_RECORDING_WIDTH: '320',
  PARLEY_RECORDING_HEIGHT: '180',
  PARLEY_RECORDING_FPS: '15',
};

/** The whole of Parley, as `parley up` runs it, on free ports and a data directory of its own. */
export class RunningSystem {
  private constructor(
    private readonly supervisor: ChildProcess,
    readonly dataDir: string,
    readonly address: string,
    private readonly output: () => string,
  ) {}

  static async start(env: Record<string, string> = {}): Promise<RunningSystem> {
    const program = resolve('dist/apps/cli/src/main.js');
    if (!existsSync(program)) throw new Error('Build first: npm test does so before it runs these tests');
    const dataDir = mkdtempSync(join(tmpdir(), 'parley-e2e-'));
    const supervisor = spawn(process.execPath, [program, 'up'], {
      env: { ...process.env, ...SMALL, PORT: '0', PARLEY_MEDIA_PORT: '0', PARLEY_DATA_DIR: dataDir, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [supervisor.stdout, supervisor.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    while (!output.includes('Parley is ready')) {
      if (supervisor.exitCode !== null) throw new Error(`parley up ended:\n${output}`);
      await sleep(50);
    }
    const { address } = JSON.parse(readFileSync(join(dataDir, 'running.json'), 'utf8')) as RunRecord;
    return new RunningSystem(supervisor, dataDir, address, () => output);
  }

  /** A token of the system's own key. */
  token(userId: string, claims: { name?: string; roles?: string[] } = {}): string {
    const secret = jwtSecret({ jwtSecret: '', dataDir: this.dataDir });
    return jwt.sign({ name: userId, ...claims }, secret, { subject: userId, expiresIn: '1h' });
  }

  /** Calls the REST API. @throws when the answer's status is not a success. */
  async call<T>(method: string, path: string, token: string, body?: unknown, headers = {}): Promise<T> {
    const response = await fetch(this.address + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  }

  pid(name: string): number {
    const { processes } = JSON.parse(readFileSync(join(this.dataDir, 'running.json'), 'utf8')) as RunRecord;
    const found = processes.find(one => one.name === name);
    if (!found) throw new Error(`${name} does not run: ${processes.map(one => one.name).join(', ')}`);
    return found.pid;
  }

  /** `kill -9` of one process; the supervisor starts it again. */
  kill(name: string): void {
    process.kill(this.pid(name), 'SIGKILL');
  }

  async stop(): Promise<void> {
    if (this.supervisor.exitCode === null) {
      this.supervisor.kill('SIGINT');
      await once(this.supervisor, 'exit');
    }
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  /** What the terminal showed, for a failed test. */
  get terminal(): string {
    return this.output();
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jwtSecret } from '#libs/config';
import jwt from 'jsonwebtoken';
import { freePort } from '../libs/service/src/free-port-for-tests.js';

/** As `parley up` starts the api. */
const FLAGS = ['--enable-source-maps', '--max-semi-space-size=8'];

/** MB of memory. */
export interface Resident {
  readonly all: number;
  /** How much of it is not the program's own files. */
  readonly anonymous: number;
}

/** The api alone, in a process of its own. */
export class ApiProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly dataDir: string,
    readonly port: number,
  ) {}

  /** Resolved once it answers, and its read models hold all that the log does. */
  static async start(
    dataDir: string,
    redisUrl: string,
    env: Readonly<Record<string, string>> = {},
  ): Promise<ApiProcess> {
    const port = await freePort();
    const child = spawn(process.execPath, [...FLAGS, resolve('dist/apps/api/src/main.js')], {
      env: {
        ...process.env,
        NODE_ENV: 'production',
        PORT: String(port),
        PARLEY_DATA_DIR: dataDir,
        PARLEY_REDIS_URL: redisUrl,
        PARLEY_LOG_LEVEL: 'error',
        ...env,
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const api = new ApiProcess(child, dataDir, port);
    while (!(await api.hasCaughtUp())) {
      if (child.exitCode !== null) throw new Error('The api ended');
      await sleep(100);
    }
    return api;
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** A token of its own key. */
  token(userId: string, claims: { readonly roles?: readonly string[] } = {}): string {
    const secret = jwtSecret({ jwtSecret: '', dataDir: this.dataDir });
    return jwt.sign({ ...claims }, secret, { subject: userId, expiresIn: '1h' });
  }

  /** Now. */
  get resident(): Resident {
    const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
    const megabytes = (name: string): number =>
      Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1_000;
    return { all: megabytes('VmRSS'), anonymous: megabytes('RssAnon') };
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    this.child.kill('SIGTERM');
    await once(this.child, 'exit');
  }

  private async hasCaughtUp(): Promise<boolean> {
    const [answer] = await Promise.allSettled([fetch(`${this.address}/health`)]);
    if (answer.status === 'rejected') return false;
    const { services } = (await answer.value.json()) as { services: { read_models: string } };
    const metrics = await (await fetch(`${this.address}/metrics`)).text();
    return services.read_models === 'healthy' && /^parley_projection_lag_events 0$/m.test(metrics);
  }
}

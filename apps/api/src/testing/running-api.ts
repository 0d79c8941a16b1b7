import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, jwtSecret, loadConfig } from '#libs/config';
import jwt from 'jsonwebtoken';
import { type RunningApi as Started, startApi } from '../start-api.js';
import { LoggedLines } from './logged-lines.js';
import { startRedis, type TestRedis } from '../../../../libs/work-queues/src/redis-for-tests.js';
import { RestClient } from './rest-client.js';
import { SignallingClient } from './signalling-client.js';

interface Claims {
  readonly name?: string;
  readonly email?: string;
  readonly roles?: readonly string[];
  readonly [claim: string]: unknown;
}

/** The api as main.ts starts it, in this process, on a free port, with a data directory and a Redis of its own. */
export class RunningApi {
  readonly log = new LoggedLines();
  private started?: Started;
  private readonly sockets = new Set<SignallingClient>();

  private constructor(
    readonly config: Config,
    readonly redis: TestRedis,
  ) {}

  /** @param env settings besides those that a test needs, as in the environment */
  static async start(env: Record<string, string> = {}): Promise<RunningApi> {
    const redis = await startRedis();
    const config = loadConfig({
      PORT: '0',
      PARLEY_DATA_DIR: mkdtempSync(join(tmpdir(), 'parley-api-')),
      PARLEY_REDIS_URL: redis.redisUrl,
      PARLEY_PUBLIC_URL: 'https://meet.example.org',
      ...env,
    });
    const api = new RunningApi(config, redis);
    await api.open();
    return api;
  }

  get address(): string {
    return `http://127.0.0.1:${this.running.port}`;
  }

  /** A part of the application, by its class or injection token. */
  part<T>(token: abstract new (...args: never[]) => T): T;
  part<T>(token: symbol): T;
  part(token: unknown): unknown {
    return this.running.app.get(token as symbol, { strict: false });
  }

  /** Starts it on the data of before. */
  async open(): Promise<void> {
    this.started = await startApi(this.config, this.log.logger);
  }

  /** Stops it and keeps its data. */
  async close(): Promise<void> {
    await Promise.all([...this.sockets].map(socket => socket.close()));
    this.sockets.clear();
    await this.started?.close();
    this.started = undefined;
  }

  /** Stops it and starts it again on its data. @returns how many milliseconds that took */
  async restart(): Promise<number> {
    const began = performance.now();
    await this.close();
    await this.open();
    return performance.now() - began;
  }

  /** Stops it and removes everything it had. */
  async stop(): Promise<void> {
    await this.close();
    await this.redis.stop();
    rmSync(this.config.dataDir, { recursive: true, force: true });
  }

  /** A token of this server's own key. */
  token(userId: string, claims: Claims = {}): string {
    return jwt.sign({ name: userId, ...claims }, jwtSecret(this.config), {
      subject: userId,
      expiresIn: '1h',
    });
  }

  /** REST as a user of the server. */
  as(userId: string, claims: Claims = {}): RestClient {
    return new RestClient(this.address, this.token(userId, claims));
  }

  /** REST with a token of any kind, or none. */
  withToken(token?: string): RestClient {
    return new RestClient(this.address, token);
  }

  /** A signalling connection of a user; closed with the api, if not before. */
  async connect(userId: string, claims: Claims = {}): Promise<SignallingClient> {
    const client = await SignallingClient.connect(this.address, { token: this.token(userId, claims) });
    this.sockets.add(client);
    return client;
  }

  /** Creates a meeting as REST does and returns its id. @throws when that is refused */
  async meeting(host: string, settings: object = {}, start = true): Promise<string> {
    const rest = this.as(host);
    const created = await rest.post<{ meeting_id: string }>('/api/v1/meetings', {
      title: 'Team Standup',
      settings,
    });
    if (created.status !== 201) throw new Error(JSON.stringify(created.body));
    const { meeting_id } = created.body;
    if (start) await rest.post(`/api/v1/meetings/${meeting_id}/start`);
    return meeting_id;
  }

  private get running(): Started {
    if (!this.started) throw new Error('The api is closed');
    return this.started;
  }
}

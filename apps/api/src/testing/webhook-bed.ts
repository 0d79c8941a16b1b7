import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ActorSystem } from '#libs/actors';
import {
  type AnyEvent,
  EVENT_CATALOGUE,
  SYSTEM,
  versionOf,
  type WebhookCommand,
  WebhookEndpoint,
} from '#libs/domain';
import { type EventLog, openSqliteEventLog, type Position, type RecordedEvent } from '#libs/event-log';
import { Clock } from '../platform/clock.js';
import { ReachableAddresses } from '../webhooks/reachable-addresses.js';
import { WebhookEngine } from '../webhooks/webhook-engine.js';
import { WebhookSecrets } from '../webhooks/webhook-secrets.js';
import { WebhookSender } from '../webhooks/webhook-sender.js';
import { LoggedLines } from './logged-lines.js';

type WithoutIssuer<C> = C extends unknown ? Omit<C, 'by' | 'at'> : never;
const ADMIN = { userId: 'root', name: 'Root', roles: ['admin'] };

/** A clock that stands still until it is moved. */
class HandClock extends Clock {
  at = Date.parse('2026-11-22T10:00:00.000Z');
  override now(): number {
    return this.at;
  }
}

/** What delivers webhooks, on a real log and with a clock that a test moves: hours of attempts pass in no time. */
export class WebhookBed {
  readonly clock = new HandClock();
  readonly logged = new LoggedLines();
  readonly secrets = new WebhookSecrets('a secret of the server of 32 characters');
  private readonly directory = mkdtempSync(join(tmpdir(), 'parley-webhooks-'));
  log!: EventLog;
  engine!: WebhookEngine;
  private actors!: ActorSystem;

  private constructor(private readonly timeoutMs: number) {}

  /** @param timeoutMs how long a receiver may take, in real time */
  static async start(timeoutMs = 60_000): Promise<WebhookBed> {
    const bed = new WebhookBed(timeoutMs);
    await bed.openLog();
    await bed.openEngine();
    return bed;
  }

  /** @param name another one is another log, empty at first; the one before is closed */
  async openLog(name = 'log'): Promise<void> {
    await this.closeLog();
    this.log = await openSqliteEventLog({ directory: join(this.directory, name) });
    this.actors = new ActorSystem({ log: this.log });
  }

  /** Keeps a copy of the log as it is. */
  async keepCopy(): Promise<void> {
    await this.closeLog();
    cpSync(join(this.directory, 'log'), join(this.directory, 'copy'), { recursive: true });
    await this.openLog();
  }

  /** Puts the copy in the log's place. */
  async restoreCopy(): Promise<void> {
    await this.closeLog();
    rmSync(join(this.directory, 'log'), { recursive: true });
    cpSync(join(this.directory, 'copy'), join(this.directory, 'log'), { recursive: true });
    await this.openLog();
  }

  private async closeLog(): Promise<void> {
    await this.actors?.close();
    await this.log?.close();
  }

  /** @param file another one is as after the loss of the first */
  async openEngine(file = 'webhooks.db'): Promise<void> {
    this.engine = await WebhookEngine.open({
      log: this.log,
      file: join(this.directory, file),
      sends: true,
      clock: this.clock,
      logger: this.logged.logger,
      secrets: this.secrets,
      sender: new WebhookSender({
        reachable: new ReachableAddresses(['127.0.0.0/8']),
        timeoutMs: this.timeoutMs,
      }),
      disable: (endpointId, reason) =>
        this.command(endpointId, { type: 'DisableWebhookEndpoint', reason }, true),
      // Without chance: the tests say when it is time.
      pauses: [5_000, 300_000, 3_600_000],
    });
    await this.engine.onModuleInit();
  }

  async closeEngine(): Promise<void> {
    await this.engine.beforeApplicationShutdown();
    await this.engine.onApplicationShutdown();
  }

  async stop(): Promise<void> {
    await this.closeEngine();
    await this.closeLog();
    rmSync(this.directory, { recursive: true, force: true });
  }

  async command(
    endpointId: string,
    command: WithoutIssuer<WebhookCommand>,
    isSystem = false,
  ): Promise<Position | undefined> {
    const time = this.clock.iso();
    const by = isSystem ? SYSTEM : ADMIN;
    const { position } = await this.actors.execute(
      WebhookEndpoint,
      endpointId,
      { ...command, by, at: time },
      { correlationId: 'req_test', userId: by.userId, time },
    );
    if (position !== undefined && !isSystem) await this.engine.follower.caughtUp(position);
    return position;
  }

  /** Creates an endpoint and gives its id. */
  async endpoint(url: string, events: string[] = []): Promise<string> {
    const endpointId = randomUUID();
    const endpoint = { endpointId, url, events, format: 'meetings' } as const;
    await this.command(endpointId, { type: 'CreateWebhookEndpoint', ...endpoint });
    return endpointId;
  }

  /** Lets things happen in a meeting, with the catalogue's examples of what. Gives the position of the last one. */
  async happen(meetingId: string, ...types: AnyEvent['type'][]): Promise<Position> {
    const events = types.map(type => ({
      id: randomUUID(),
      type,
      version: versionOf(type),
      time: this.clock.iso(),
      data: { ...EVENT_CATALOGUE[type].example.data, meetingId },
      metadata: { correlationId: 'req_test', userId: 'ada' },
    }));
    return (await this.log.append(`meeting-${meetingId}`, events, 'any')).position;
  }

  /** Moves the clock. */
  pass(milliseconds: number): void {
    this.clock.at += milliseconds;
    this.engine.dispatcher.wake();
  }

  /** What stands in the log of an endpoint. */
  async eventsOf(endpointId: string): Promise<RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    for await (const event of this.log.readStream(`webhook-${endpointId}`)) events.push(event);
    return events;
  }

  /** Each delivery of an endpoint, in the order of the log. */
  deliveries(endpointId: string) {
    return this.engine.tables
      .selectFrom('deliveries')
      .selectAll()
      .where('endpoint_id', '=', endpointId)
      .orderBy('position')
      .execute();
  }
}

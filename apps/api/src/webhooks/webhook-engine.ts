import type { BeforeApplicationShutdown, OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import type { EventLog, Position } from '#libs/event-log';
import { countPending } from './due-deliveries.js';
import { pruneDeliveries } from './prune-deliveries.js';
import { Redeliveries } from './redeliveries.js';
import { openWebhookDatabase, type WebhookTables } from './webhook-database.js';
import { type DispatcherParts, WebhookDispatcher } from './webhook-dispatcher.js';
import { WebhookFollower } from './webhook-follower.js';
import { pendingDeliveries } from './webhook-metrics.js';

export interface EngineParts extends Pick<
  DispatcherParts,
  'clock' | 'logger' | 'sender' | 'secrets' | 'pauses'
> {
  readonly log: EventLog;
  /** As the dispatcher's, with the position of what was appended. */
  readonly disable: (...args: Parameters<DispatcherParts['disable']>) => Promise<Position | undefined>;
  /** Path of the file that holds what is to be delivered. */
  readonly file: string;
  /** Whether this process delivers. */
  readonly sends: boolean;
}

const COUNT_EVERY_MS = 5_000;
const PRUNE_EVERY_MS = 3_600_000;
/** How long it is known what became of a delivery. */
const KEPT_MS = 30 * 24 * 3_600_000;

/** What delivers webhooks, from the log to the receiver: begun and ended with the application. */
export class WebhookEngine implements OnModuleInit, BeforeApplicationShutdown, OnApplicationShutdown {
  readonly follower: WebhookFollower;
  readonly dispatcher: WebhookDispatcher;
  readonly redeliveries: Redeliveries;
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly stop = new AbortController();

  private constructor(
    readonly tables: WebhookTables,
    private readonly parts: EngineParts,
  ) {
    const { log, clock, logger, sends } = parts;
    const endpoints = () => this.follower.endpoints;
    const onChange = (): void => this.dispatcher.wake();
    this.follower = new WebhookFollower({ log, tables, clock, logger, sends, onChange });
    // Known here, as a rule, before the next delivery may begin: an endpoint that was disabled is sent nothing more.
    const disable: DispatcherParts['disable'] = async (...args) => {
      const position = await parts.disable(...args);
      if (position !== undefined) await this.follower.caughtUp(position);
    };
    this.dispatcher = new WebhookDispatcher({ ...parts, tables, endpoints, disable });
    this.redeliveries = new Redeliveries({ log, tables, clock, logger, endpoints, onChange });
  }

  /** Whether this process delivers. */
  get sends(): boolean {
    return this.parts.sends;
  }

  static async open(parts: EngineParts): Promise<WebhookEngine> {
    return new WebhookEngine(await openWebhookDatabase(parts.file), parts);
  }

  async onModuleInit(): Promise<void> {
    await this.follower.start();
    if (!this.parts.sends) return;
    this.dispatcher.start();
    this.redeliveries.start();
    this.regularly(COUNT_EVERY_MS, async () => pendingDeliveries.set(await countPending(this.tables)));
    this.regularly(PRUNE_EVERY_MS, () => this.prune());
    await this.prune();
  }

  /** Drops deliveries that nobody asks for any more. */
  async prune(): Promise<void> {
    const now = this.parts.clock.now();
    await pruneDeliveries(this.tables, now - KEPT_MS, now, this.stop.signal);
  }

  /** What is under way is given up, and sent again after the next start. */
  async beforeApplicationShutdown(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    this.stop.abort();
    await this.dispatcher.close();
    await this.redeliveries.close();
    await this.follower.close();
    await this.parts.sender.close();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.tables.destroy();
  }

  private regularly(milliseconds: number, work: () => Promise<unknown>): void {
    const run = (): void =>
      void work().catch((err: unknown) =>
        this.parts.logger.warn({ err }, 'deliveries of webhooks could not be counted or pruned'),
      );
    this.timers.push(setInterval(run, milliseconds).unref());
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { upcast, WEBHOOK_EVENT_TYPES, type WebhookEndpointState, type WebhookEvent } from '#libs/domain';
import type { EventLog, Position, RecordedEvent } from '#libs/event-log';
import type { Clock } from '../platform/clock.js';
import type { Logger } from '../platform/logger.js';
import { applyToEndpoint, listEndpoints } from './endpoint-table.js';
import { beginAt, isLogOfBefore } from './log-of-before.js';
import { deliveryOf, queueDeliveries } from './queue-deliveries.js';
import type { Delivery, WebhookTables } from './webhook-database.js';
import { TOLD_TYPES } from './webhook-words.js';

const AGAIN_MS = 1000;
/** How often it is noted how far the log was followed, where nothing had to be done. */
const NOTE_EVERY_MS = 1000;
/** How long a command waits for what it did to be known here. */
const KNOWN_WITHIN_MS = 2000;

const ENDPOINT_TYPES: ReadonlySet<string> = new Set(WEBHOOK_EVENT_TYPES);
const isOfEndpoint = ({ type }: { readonly type: string }): boolean => ENDPOINT_TYPES.has(type);

export interface FollowerParts {
  readonly log: EventLog;
  readonly tables: WebhookTables;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Whether deliveries are queued; else only endpoints are kept up to date. */
  readonly sends: boolean;
  /** Told when there is something to deliver, or endpoints changed. */
  readonly onChange: () => void;
}

/**
 * Follows the log: what endpoints are to be told is queued in one transaction with how far it came, so that whenever the
 * process is killed nothing is left out and nothing is queued twice.
 */
export class WebhookFollower {
  private readonly stop = new AbortController();
  private following: Promise<void> = Promise.resolve();
  private reached: Position = -1;
  private noted = { position: -1, at: 0 };
  private known: readonly WebhookEndpointState[] = [];
  private readonly waiting = new Set<() => void>();

  constructor(private readonly parts: FollowerParts) {}

  /** Position up to which everything is queued. */
  get position(): Position {
    return this.reached;
  }

  /** All endpoints that are not removed, as of that position. */
  get endpoints(): readonly WebhookEndpointState[] {
    return this.known;
  }

  /** Goes on where the process ended; on a new file, or with another log or an older copy of it, from the log's end. */
  async start(): Promise<void> {
    const { tables, log, logger } = this.parts;
    const head = await log.head();
    const row = await tables.selectFrom('followed').select('position').executeTakeFirst();
    const same = await isLogOfBefore(log, tables, head);
    this.reached = row?.position ?? head;
    if (row === undefined || same === false || row.position > head) {
      if (row) {
        const words =
          'the log is another one than webhooks followed, or an older copy: going on from its end';
        logger.warn({ followed: row.position, head, keepsWhatWaits: same === true }, words);
      }
      await tables.transaction().execute(async tx => {
        await beginAt(tx, log, head, same === true);
        await this.note(tx, head);
      });
      this.reached = head;
    }
    this.noted = { position: this.reached, at: 0 };
    this.known = await listEndpoints(tables);
    this.following = this.follow();
  }

  async close(): Promise<void> {
    this.stop.abort();
    await this.following;
    if (this.noted.position !== this.reached) await this.note(this.parts.tables);
    for (const known of this.waiting) known();
  }

  /** Resolved when what stands at a position is known here, or after a while. */
  async caughtUp(position: Position): Promise<void> {
    const deadline = AbortSignal.timeout(KNOWN_WITHIN_MS);
    while (this.reached < position && !deadline.aborted && !this.stop.signal.aborted) {
      await new Promise<void>(resolve => {
        const done = (): void => {
          this.waiting.delete(done);
          deadline.removeEventListener('abort', done);
          resolve();
        };
        this.waiting.add(done);
        deadline.addEventListener('abort', done);
      });
    }
  }

  private async follow(): Promise<void> {
    const { log, tables, logger } = this.parts;
    const { signal } = this.stop;
    const types = [...TOLD_TYPES, ...WEBHOOK_EVENT_TYPES];
    while (!signal.aborted) {
      try {
        // Of a batch that failed nothing counts.
        this.known = await listEndpoints(tables);
        for await (const batch of log.tail({ types, after: this.reached, signal })) await this.take(batch);
      } catch (err) {
        if (signal.aborted) return;
        logger.error({ err }, 'the log could not be followed for webhooks; trying again');
      }
      await Promise.allSettled([sleep(AGAIN_MS, undefined, { signal })]);
    }
  }

  private async take(batch: readonly RecordedEvent[]): Promise<void> {
    const { tables, onChange } = this.parts;
    const last = batch.at(-1)?.position ?? this.reached;
    const concerns = batch.some(isOfEndpoint) || this.wanted(batch, this.known).length > 0;
    if (concerns) {
      await tables.transaction().execute(async tx => {
        this.known = await this.queue(tx, batch);
        await this.note(tx, last);
      });
    }
    this.reached = last;
    for (const known of this.waiting) known();
    if (concerns) return onChange();
    if (performance.now() - this.noted.at > NOTE_EVERY_MS) await this.note(tables);
  }

  /** Endpoints as they are after the batch. */
  private async queue(
    tx: WebhookTables,
    batch: readonly RecordedEvent[],
  ): Promise<readonly WebhookEndpointState[]> {
    const now = this.parts.clock.now();
    let endpoints = this.known;
    let from = 0;
    const queueUntil = async (end: number): Promise<void> => {
      await queueDeliveries(tx, this.wanted(batch.slice(from, end), endpoints), { again: false, now });
      from = end;
    };
    for (const [index, event] of batch.entries()) {
      if (!isOfEndpoint(event)) continue;
      await queueUntil(index);
      await applyToEndpoint(tx, upcast(event) as unknown as WebhookEvent, now);
      endpoints = await listEndpoints(tx);
    }
    await queueUntil(batch.length);
    return endpoints;
  }

  private wanted(
    events: readonly RecordedEvent[],
    endpoints: readonly WebhookEndpointState[],
  ): readonly Delivery[] {
    if (!this.parts.sends) return [];
    const now = this.parts.clock.now();
    const enabled = endpoints.filter(({ status }) => status === 'enabled');
    return events.flatMap(event => enabled.flatMap(endpoint => deliveryOf(event, endpoint, now) ?? []));
  }

  private async note(tables: WebhookTables, position: Position = this.reached): Promise<void> {
    await tables
      .insertInto('followed')
      .values({ id: 1, position })
      .onConflict(conflict => conflict.column('id').doUpdateSet({ position }))
      .execute();
    this.noted = { position, at: performance.now() };
  }
}

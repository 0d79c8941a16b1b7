import { DomainError, type WebhookEndpointState } from '#libs/domain';
import type { EventLog, Position, RecordedEvent } from '#libs/event-log';
import { START } from '#libs/event-log';
import type { Clock } from '../platform/clock.js';
import type { Logger } from '../platform/logger.js';
import { advanceLane } from './delivery-lanes.js';
import { countPending } from './due-deliveries.js';
import { deliveryOf, queueDeliveries } from './queue-deliveries.js';
import type { RedeliveriesTable, WebhookTables } from './webhook-database.js';
import { eventIdOf } from './webhook-id.js';
import { TOLD_TYPES } from './webhook-words.js';

/** Events of one step. */
const PAGE = 500;
/** Pending deliveries of an endpoint at which it waits until some were sent. */
const ENOUGH = 2_000;
const LOOK_EVERY_MS = 500;

export interface RedeliveryParts {
  readonly log: Pick<EventLog, 'readAll'>;
  readonly tables: WebhookTables;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly endpoints: () => readonly WebhookEndpointState[];
  /** Told when there is something to deliver. */
  readonly onChange: () => void;
}

/** Queues again what an endpoint was told, or was not told, from a position on: step by step, however much it is. */
export class Redeliveries {
  private timer: NodeJS.Timeout | undefined;
  private closed = false;
  private working: Promise<void> = Promise.resolve();

  constructor(private readonly parts: RedeliveryParts) {}

  start(): void {
    this.working = this.work();
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await this.working;
  }

  /**
   * All that the endpoint subscribes to, in the order of the log, with the ids of before.
   * @param from position of the first event, inclusive
   * @param until position of the last event, inclusive
   */
  async from(endpointId: string, from: Position, until: Position): Promise<void> {
    // No log takes a position that it did not give: so that of the event before, not one less.
    let after = START;
    for await (const event of this.parts.log.readAll({ direction: 'backwards', from, limit: 1 })) {
      after = event.position;
    }
    await this.parts.tables
      .insertInto('redeliveries')
      .values({ endpoint_id: endpointId, after, until })
      .onConflict(conflict =>
        conflict.column('endpoint_id').doUpdateSet(eb => ({
          after: eb.fn('min', ['redeliveries.after', eb.val(after)]),
          until: eb.fn('max', ['redeliveries.until', eb.val(until)]),
        })),
      )
      .execute();
  }

  /** One delivery, whatever became of it. @throws DomainError VALIDATION_FAILED when the endpoint has none with this id */
  async one(endpointId: string, deliveryId: string): Promise<void> {
    const { tables, clock, onChange } = this.parts;
    const now = clock.now();
    await tables.transaction().execute(async tx => {
      const delivery = await tx
        .updateTable('deliveries')
        .set(eb => ({
          status: 'pending' as const,
          attempts: 0,
          queued: eb('queued', '+', 1),
          due_at: null,
          created_at: now,
        }))
        .where('endpoint_id', '=', endpointId)
        .where('event_id', '=', eventIdOf(deliveryId) ?? '')
        .returningAll()
        .executeTakeFirst();
      if (!delivery) {
        throw new DomainError('VALIDATION_FAILED', {
          delivery_id: 'must be the id of one of the endpoint’s deliveries; older ones by from_position',
        });
      }
      await advanceLane(tx, delivery, now);
    });
    onChange();
  }

  private async work(): Promise<void> {
    const { tables, logger, onChange } = this.parts;
    try {
      for (const redelivery of await tables.selectFrom('redeliveries').selectAll().execute()) {
        if (this.closed) return;
        if ((await countPending(tables, redelivery.endpoint_id)) >= ENOUGH) continue;
        await this.step(redelivery);
        onChange();
      }
    } catch (err) {
      if (!this.closed) logger.error({ err }, 'webhooks could not be queued again; trying again');
    }
    if (!this.closed) this.timer = setTimeout(() => this.start(), LOOK_EVERY_MS);
  }

  private async step(redelivery: RedeliveriesTable): Promise<void> {
    const { log, tables, clock, endpoints } = this.parts;
    const { endpoint_id, after, until } = redelivery;
    const page: RecordedEvent[] = [];
    for await (const event of log.readAll({ types: TOLD_TYPES, from: after, limit: PAGE })) {
      if (event.position > until) break;
      page.push(event);
    }
    const last = page.at(-1)?.position;
    const endpoint = endpoints().find(({ endpointId }) => endpointId === endpoint_id);
    await tables.transaction().execute(async tx => {
      const same = await tx
        .selectFrom('redeliveries')
        .select('endpoint_id')
        .where('endpoint_id', '=', endpoint_id)
        .where('after', '=', after)
        .where('until', '=', until)
        .executeTakeFirst();
      // Removed, or begun anew from elsewhere, meanwhile.
      if (!same) return;
      const now = clock.now();
      const deliveries = endpoint ? page.flatMap(event => deliveryOf(event, endpoint, now) ?? []) : [];
      await queueDeliveries(tx, deliveries, { again: true, now });
      if (page.length === PAGE && last !== undefined && last < until) {
        await tx
          .updateTable('redeliveries')
          .set({ after: last })
          .where('endpoint_id', '=', endpoint_id)
          .execute();
      } else {
        await tx.deleteFrom('redeliveries').where('endpoint_id', '=', endpoint_id).execute();
      }
    });
  }
}

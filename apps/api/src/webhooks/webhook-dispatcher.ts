import type { WebhookEndpointState } from '#libs/domain';
import type { EventLog, RecordedEvent } from '#libs/event-log';
import type { Clock } from '../platform/clock.js';
import type { Logger } from '../platform/logger.js';
import { dueDeliveries } from './due-deliveries.js';
import { eventOfDelivery } from './event-of-delivery.js';
import { noteAttempt, type Outcome, postpone, stillWaits } from './delivery-outcomes.js';
import { RETRY_PAUSES, pauseAfter } from './retry-schedule.js';
import { signedHeaders } from './signed-headers.js';
import { webhookBody } from './webhook-body.js';
import type { Delivery, WebhookTables } from './webhook-database.js';
import { webhookId } from './webhook-id.js';
import { attemptDuration, attemptsTotal } from './webhook-metrics.js';
import type { WebhookSecrets } from './webhook-secrets.js';
import type { Attempt, WebhookSender } from './webhook-sender.js';

export interface DispatcherParts {
  readonly log: Pick<EventLog, 'readStream'>;
  readonly tables: WebhookTables;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly sender: WebhookSender;
  readonly secrets: WebhookSecrets;
  readonly endpoints: () => readonly WebhookEndpointState[];
  /** Has nothing be sent to the endpoint any more; `cause` is the id of the event that could not be delivered. */
  readonly disable: (endpointId: string, reason: 'failing' | 'gone', cause: string) => Promise<void>;
  /** Milliseconds between attempts. */
  readonly pauses?: readonly number[];
}

/** Requests under way at a time to one endpoint that takes what it is sent; to any other it is one. */
const AT_ONCE_TO_ONE = 8;
/** Those under way besides the first one to each endpoint, which has room at all times. */
const FURTHER_AT_ONCE = 64;
/** How often it looks for what has become due, in milliseconds. */
const LOOK_EVERY_MS = 500;
/** How long a delivery waits for a log, or a command, that does not answer. */
const POSTPONED_MS = 5_000;
const GONE = 410;
/** Of a log that was replaced by another one. */
const NO_EVENT: Attempt = { delivered: false, error: 'the event is not in the log any more', durationMs: 0 };

const laneOf = ({ endpoint_id, meeting_id }: Delivery): string => `${endpoint_id}\n${meeting_id}`;

/**
 * Sends what is due: of one endpoint and one meeting one after the other, in the order of the log; those of different meetings
 * side by side. What was under way when the process ended is sent again, with the same id.
 *
 * An endpoint earns its room: it gets one request at a time until it takes one, and again once it fails to. So those that hang
 * keep nobody waiting, and nothing needs to be known of them after a restart.
 */
export class WebhookDispatcher {
  private readonly stop = new AbortController();
  private readonly lanes = new Map<string, Promise<void>>();
  /** How many are under way, by endpoint: at least one. */
  private readonly toOne = new Map<string, number>();
  /** Endpoints that took the newest message whose fate is known. */
  private readonly taking = new Set<string>();
  private working: Promise<void> = Promise.resolve();
  private woken = false;
  private wakeUp = (): void => undefined;
  private turn = 0;

  constructor(private readonly parts: DispatcherParts) {}

  start(): void {
    this.working = this.work();
  }

  /** Looks at once for what is due. */
  wake(): void {
    this.woken = true;
    this.wakeUp();
  }

  /** Gives up what is under way, as if it had not begun. */
  async close(): Promise<void> {
    this.stop.abort();
    this.wake();
    await this.working;
    await Promise.all(this.lanes.values());
  }

  private async work(): Promise<void> {
    while (!this.stop.signal.aborted) {
      this.woken = false;
      try {
        await this.begin();
      } catch (err) {
        this.parts.logger.error({ err }, 'webhooks that are due could not be looked for');
      }
      if (!this.woken) await this.rest();
    }
  }

  private rest(): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, LOOK_EVERY_MS);
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Begins what is due and has room; each time another endpoint is first. */
  private async begin(): Promise<void> {
    const enabled = this.parts.endpoints().filter(({ status }) => status === 'enabled');
    this.turn += 1;
    const ids = new Set(enabled.map(({ endpointId }) => endpointId));
    for (const id of this.taking) if (!ids.has(id)) this.taking.delete(id);
    for (let index = 0; index < enabled.length; index += 1) {
      const endpoint = enabled[(index + this.turn) % enabled.length] as WebhookEndpointState;
      const { endpointId } = endpoint;
      const room = this.roomFor(endpointId);
      if (room <= 0) continue;
      const { tables, clock } = this.parts;
      const order = this.taking.has(endpointId) ? 'longest due' : 'most tried';
      const limit = room + (this.toOne.get(endpointId) ?? 0);
      const due = await dueDeliveries(tables, endpointId, clock.now(), limit, order);
      if (this.stop.signal.aborted) return;
      for (const delivery of due) {
        if (this.lanes.has(laneOf(delivery))) continue;
        // Asked again: what it was may have ended badly meanwhile.
        if (this.roomFor(endpointId) <= 0) break;
        this.launch(delivery, endpoint);
      }
    }
  }

  /** How many more requests may be made to an endpoint now. */
  private roomFor(endpointId: string): number {
    const under = this.toOne.get(endpointId) ?? 0;
    const first = under === 0 ? 1 : 0;
    const most = this.taking.has(endpointId) ? AT_ONCE_TO_ONE : 1;
    const further = this.lanes.size - this.toOne.size;
    return first + Math.min(most - under - first, FURTHER_AT_ONCE - further);
  }

  private launch(delivery: Delivery, endpoint: WebhookEndpointState): void {
    const { endpointId } = endpoint;
    const count = (by: number): void => {
      const under = (this.toOne.get(endpointId) ?? 0) + by;
      if (under === 0) this.toOne.delete(endpointId);
      else this.toOne.set(endpointId, under);
    };
    count(1);
    const lane = laneOf(delivery);
    const sending = this.deliver(delivery, endpoint).then(() => {
      count(-1);
      this.lanes.delete(lane);
      this.wake();
    });
    this.lanes.set(lane, sending);
  }

  /** Never throws. */
  private async deliver(delivery: Delivery, endpoint: WebhookEndpointState): Promise<void> {
    const { tables, clock, logger } = this.parts;
    const { endpoint_id: endpointId, event, position } = delivery;
    try {
      const recorded = await eventOfDelivery(this.parts.log, delivery);
      const attempt = recorded ? await this.attempt(delivery, recorded, endpoint) : NO_EVENT;
      const outcome = recorded ? await this.outcomeOf(delivery, attempt) : 'failed';
      await noteAttempt(tables, delivery, attempt, outcome, clock.now());
      const word = typeof outcome === 'object' ? 'retried' : outcome;
      attemptsTotal.inc({ outcome: word });
      attemptDuration.observe(attempt.durationMs / 1000);
      const { status, error: reason, durationMs: ms } = attempt;
      const level = word === 'failed' ? 'warn' : 'debug';
      logger[level]({ endpointId, event, position, status, reason, ms }, `webhook ${word}`);
    } catch (err) {
      if (this.stop.signal.aborted) return;
      logger.warn({ err, endpointId, event, position }, 'a webhook could not be sent; trying again');
      await postpone(tables, delivery, clock.now() + POSTPONED_MS).catch((error: unknown) =>
        logger.error({ err: error }, 'a webhook could not be put off'),
      );
    }
  }

  private async attempt(
    { event_id }: Delivery,
    recorded: RecordedEvent,
    endpoint: WebhookEndpointState,
  ): Promise<Attempt> {
    const { log, clock, sender, secrets } = this.parts;
    const { endpointId, format, url } = endpoint;
    const body = await webhookBody(log, recorded, format);
    const now = clock.now();
    const message = { id: webhookId(event_id), body, format };
    const headers = signedHeaders(message, secrets.inForce(endpoint, now), now);
    const attempt = await sender.send(url, headers, body, this.stop.signal);
    if (attempt.delivered) this.taking.add(endpointId);
    else this.taking.delete(endpointId);
    return attempt;
  }

  /** The endpoint is disabled before it is noted that the delivery failed: killed in between, the delivery still waits. */
  private async outcomeOf(delivery: Delivery, attempt: Attempt): Promise<Outcome> {
    const { disable, clock, tables, pauses = RETRY_PAUSES } = this.parts;
    const { attempts, endpoint_id, event_id } = delivery;
    if (attempt.delivered) return 'delivered';
    const pause =
      attempt.status === GONE ? undefined : pauseAfter(attempts + 1, attempt.retryAfterMs, pauses);
    if (pause !== undefined) return { againAt: clock.now() + pause };
    // Whoever had it sent again meanwhile has mended the receiver, perhaps: the next attempt tells.
    if (await stillWaits(tables, delivery))
      await disable(endpoint_id, attempt.status === GONE ? 'gone' : 'failing', event_id);
    return 'failed';
  }
}

import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import type { RequestContext } from '../platform/request-context.js';
import { WebhookEngine } from './webhook-engine.js';

/** Answers to requests with an Idempotency-Key that lead to no event, whose ids would tell a repeat otherwise. */
@Injectable()
export class AnsweredRequests {
  private readonly under = new Map<string, Promise<unknown>>();

  constructor(
    private readonly engine: WebhookEngine,
    private readonly clock: Clock,
  ) {}

  /**
   * Does the work, unless the same user asked for it with the same key before: then the answer of then.
   * @param purpose what it does, and to which endpoint: a key that a client uses twice must not make one thing of two
   */
  async once<T>(purpose: string, { by, idempotencyKey }: RequestContext, work: () => Promise<T>): Promise<T> {
    if (idempotencyKey === undefined) return work();
    const key = `${by.userId}\n${idempotencyKey}\n${purpose}`;
    const present = this.under.get(key) ?? this.answer(key, work).finally(() => this.under.delete(key));
    this.under.set(key, present);
    return present as Promise<T>;
  }

  private async answer<T>(key: string, work: () => Promise<T>): Promise<T> {
    const { tables } = this.engine;
    const known = await tables
      .selectFrom('answered')
      .select('answer')
      .where('key', '=', key)
      .executeTakeFirst();
    if (known) return JSON.parse(known.answer) as T;
    const answer = await work();
    await tables
      .insertInto('answered')
      .values({ key, answer: JSON.stringify(answer), created_at: this.clock.now() })
      .onConflict(conflict => conflict.doNothing())
      .execute();
    return answer;
  }
}

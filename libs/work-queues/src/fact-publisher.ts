import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fact } from './facts.js';
import { FACTS_QUEUE } from './queue-names.js';

/** Repeats of a fact within this time are recognised by its id. */
const REMEMBERED = { age: 3600, count: 10_000 };

/** Tells the api facts. A fact with the id of an earlier one is the same fact. */
export class FactPublisher {
  readonly #queue: Queue<Fact>;
  readonly #onError: (error: Error) => void;
  #closed = false;

  constructor(options: { redis: Redis; onError?: (error: Error) => void }) {
    this.#onError = options.onError ?? (() => undefined);
    this.#queue = new Queue<Fact>(FACTS_QUEUE, { connection: options.redis });
    this.#queue.on('error', this.#onError);
  }

  /** Resolves when Redis has the fact, however long Redis may be away. @throws Error when closed before. */
  async publish(fact: Fact): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      if (this.#closed) throw new Error(`closed before the fact ${fact.factId} could be published`);
      try {
        await this.#queue.add(fact.type, fact, {
          jobId: fact.factId,
          // Never given up: see consumeFacts for the pace.
          attempts: Number.MAX_SAFE_INTEGER,
          backoff: { type: 'later' },
          removeOnComplete: REMEMBERED,
        });
        return;
      } catch (error) {
        this.#onError(error as Error);
        await sleep(Math.min(100 * 2 ** attempt, 2000));
      }
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#queue.close();
  }
}

import { DomainError } from '#libs/domain';
import type { Redis } from 'ioredis';
import { ulid } from 'ulid';
import { resultOf, type AnswerEnvelope, type Operations } from './request-envelope.js';
import { openRequestChannel, type ChannelListener, type RequestChannel } from './request-channel.js';

interface Pending {
  readonly queue: string;
  answer(answer: AnswerEnvelope): void;
  fail(): void;
}

const DEFAULT_TIMEOUT_MS = 5000;

/**
 * Asks worker processes and awaits their answers, over one BullMQ queue per worker. Each request is entered in one table
 * of pending job ids before its job exists, so that an answer cannot come too early to be noticed.
 */
export class RequestClient implements ChannelListener {
  readonly #redis: Redis;
  readonly #log: (message: string) => void;
  readonly #channels = new Map<string, Promise<RequestChannel>>();
  readonly #pending = new Map<string, Pending>();
  #closed = false;

  constructor(options: { redis: Redis; onLog?: (message: string) => void }) {
    this.#redis = options.redis;
    this.#log = options.onLog ?? (() => undefined);
  }

  /**
   * Asks the worker behind a queue.
   * @throws DomainError as the worker refused; `MEDIA_UNAVAILABLE` when no answer came in time: whether the request was
   * begun is unknown then, but it will not be begun afterwards.
   */
  async request<Ops extends Operations<Ops>, K extends keyof Ops & string>(
    queue: string,
    name: K,
    request: Ops[K]['request'],
    options: { timeoutMs?: number } = {},
  ): Promise<Ops[K]['result']> {
    if (this.#closed) throw new DomainError('MEDIA_UNAVAILABLE');
    const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const deadline = Date.now() + timeoutMs;
    const jobId = ulid();
    const answer = new Promise<AnswerEnvelope>((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timer);
        this.#pending.delete(jobId);
      };
      const fail = (): void => {
        settle();
        reject(new DomainError('MEDIA_UNAVAILABLE'));
      };
      const timer = setTimeout(() => {
        this.#withdraw(queue, jobId);
        fail();
      }, timeoutMs);
      this.#pending.set(jobId, {
        queue,
        fail,
        answer: value => {
          settle();
          resolve(value);
        },
      });
    });
    this.#send(queue, name, jobId, { deadline, request }).catch((error: Error) => {
      this.#log(`request ${name} to ${queue}: ${error.message}`);
      this.#pending.get(jobId)?.fail();
    });
    return resultOf(await answer);
  }

  /** The worker behind this queue is dead: fails what waits for it at once and deletes the queue. */
  async abandon(queue: string): Promise<void> {
    for (const pending of [...this.#pending.values()]) if (pending.queue === queue) pending.fail();
    const channel = await this.#channel(queue);
    this.#channels.delete(queue);
    await channel.obliterate();
    await channel.close();
  }

  /** Fails all that is pending and stops listening. The Redis connection stays open: it is the caller's. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const pending of [...this.#pending.values()]) pending.fail();
    const channels = await Promise.allSettled(this.#channels.values());
    this.#channels.clear();
    await Promise.all(channels.filter(one => one.status === 'fulfilled').map(one => one.value.close()));
  }

  answered(jobId: string, answer: AnswerEnvelope): void {
    this.#pending.get(jobId)?.answer(answer);
  }

  failed(jobId: string, reason: string): void {
    const pending = this.#pending.get(jobId);
    if (!pending) return;
    this.#log(`a request to ${pending.queue} failed: ${reason}`);
    pending.fail();
  }

  onLog(message: string): void {
    this.#log(message);
  }

  async #send(queue: string, name: string, jobId: string, envelope: { deadline: number; request: unknown }) {
    const channel = await this.#channel(queue);
    // Opening may have waited for Redis: what timed out meanwhile need not be sent.
    if (this.#pending.has(jobId)) await channel.send(name, jobId, envelope);
  }

  #withdraw(queue: string, jobId: string): void {
    // Only tidying: a job that stays behind is refused by its deadline.
    const channel = this.#channels.get(queue);
    channel?.then(
      opened =>
        opened
          .withdraw(jobId)
          .catch((error: Error) => this.#log(`taking back from ${queue}: ${error.message}`)),
      () => undefined, // reported by #send
    );
  }

  #channel(queue: string): Promise<RequestChannel> {
    const known = this.#channels.get(queue);
    if (known) return known;
    const opening = openRequestChannel(this.#redis, queue, this);
    this.#channels.set(queue, opening);
    opening.catch(() => this.#channels.delete(queue));
    return opening;
  }
}

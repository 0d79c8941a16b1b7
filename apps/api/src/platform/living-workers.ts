import { EventEmitter } from 'node:events';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import {
  mediaQueue,
  recorderQueue,
  RequestClient,
  type WorkerIdentity,
  type WorkerKind,
  WorkerRegistry,
} from '#libs/work-queues';
import { InjectLogger, type Logger } from './logger.js';

const POLL_EVERY_MS = 500;
const QUEUE_OF = { media: mediaQueue, recorder: recorderQueue } as const;

/** Which media workers and recorders are alive, known without asking Redis each time; `changed` when one came or went. */
@Injectable()
export class LivingWorkers
  extends EventEmitter<{ changed: [kind: WorkerKind] }>
  implements OnModuleInit, OnModuleDestroy
{
  private readonly living: Record<WorkerKind, readonly WorkerIdentity[]> = { media: [], recorder: [] };
  private timer?: NodeJS.Timeout;
  private asking?: Promise<void>;

  constructor(
    private readonly registry: WorkerRegistry,
    private readonly requests: RequestClient,
    @InjectLogger() private readonly logger: Logger,
  ) {
    super();
  }

  async onModuleInit(): Promise<void> {
    await this.refresh();
    this.timer = setInterval(() => void this.refresh(), POLL_EVERY_MS);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  alive(kind: WorkerKind): readonly string[] {
    return this.living[kind].map(worker => worker.id);
  }

  isAlive(kind: WorkerKind, id: string | undefined): boolean {
    return this.living[kind].some(worker => worker.id === id);
  }

  /** Asks Redis, once however many ask at a time. While Redis is away the last answer stands. */
  refresh(): Promise<void> {
    this.asking ??= this.ask().finally(() => (this.asking = undefined));
    return this.asking;
  }

  private async ask(): Promise<void> {
    for (const kind of ['media', 'recorder'] as const) {
      try {
        const before = this.living[kind];
        const now = await this.registry.alive(kind);
        const came = now.some(({ id }) => !this.isAlive(kind, id));
        const gone = before.filter(({ id }) => !now.some(worker => worker.id === id));
        this.living[kind] = now;
        // Whoever waits for an answer of the dead is told at once, and may ask another.
        for (const { id } of gone) this.abandon(QUEUE_OF[kind](id));
        if (came || gone.length > 0) this.emit('changed', kind);
      } catch (error) {
        this.logger.warn({ err: error, kind }, 'could not ask which workers are alive');
      }
    }
  }

  private abandon(queue: string): void {
    this.requests.abandon(queue).catch((err: unknown) => {
      this.logger.warn({ err, queue }, "could not clear a dead worker's queue");
    });
  }
}

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

  /** Asks Redis now. While Redis is away the last answer stands. */
  async refresh(): Promise<void> {
    for (const kind of ['media', 'recorder'] as const) {
      try {
        const now = await this.registry.alive(kind);
        const gone = this.living[kind].filter(({ id }) => !now.some(other => other.id === id));
        const come = now.some(({ id }) => !this.isAlive(kind, id));
        this.living[kind] = now;
        if (gone.length > 0 || come) this.emit('changed', kind);
        // What waits for the dead is told so now, instead of when it has waited long enough.
        for (const { id } of gone) await this.requests.abandon(QUEUE_OF[kind](id));
      } catch (error) {
        this.logger.warn({ err: error, kind }, 'could not ask which workers are alive');
      }
    }
  }
}

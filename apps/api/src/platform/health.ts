import { Inject, Injectable } from '@nestjs/common';
import type { EventLog } from '#libs/event-log';
import { ProjectionRunner } from '#libs/read-models';
import type { Redis } from 'ioredis';
import { LivingWorkers } from './living-workers.js';
import { EVENT_LOG } from './log-follower.js';
import { projectionLag } from './metrics.js';

export const REDIS = Symbol('redis');
const ANSWER_WITHIN_MS = 1000;

export interface HealthReport {
  readonly status: 'healthy' | 'unhealthy';
  readonly timestamp: string;
  readonly services: Readonly<Record<string, 'healthy' | 'unhealthy'>>;
}

const within = async (answer: Promise<unknown>): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>(resolve => {
    timer = setTimeout(() => resolve(false), ANSWER_WITHIN_MS);
  });
  const good = answer.then(
    () => true,
    () => false,
  );
  return Promise.race([good, late]).finally(() => clearTimeout(timer));
};

/** Whether every part that a meeting needs answers. */
@Injectable()
export class Health {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(REDIS) private readonly redis: Redis,
    private readonly projections: ProjectionRunner,
    private readonly living: LivingWorkers,
  ) {}

  async report(): Promise<HealthReport> {
    const [log, redis, readModels] = await Promise.all([
      within(this.log.head()),
      within(this.redis.ping()),
      within(this.measureLag()),
    ]);
    const parts = {
      event_log: log,
      redis,
      read_models: readModels,
      media_worker: this.living.alive('media').length > 0,
      recorder: this.living.alive('recorder').length > 0,
    };
    return {
      status: Object.values(parts).every(Boolean) ? 'healthy' : 'unhealthy',
      timestamp: new Date().toISOString(),
      services: Object.fromEntries(
        Object.entries(parts).map(([name, good]) => [name, good ? 'healthy' : 'unhealthy'] as const),
      ),
    };
  }

  /** @throws Error when a read model cannot be kept up. */
  private async measureLag(): Promise<void> {
    projectionLag.set(Math.max(0, ...Object.values(await this.projections.lag())));
    const failing = this.projections.status().filter(({ state }) => state === 'failing');
    if (failing.length > 0)
      throw new Error(`read models fail: ${failing.map(({ name }) => name).join(', ')}`);
  }
}

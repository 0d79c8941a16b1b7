import { type DynamicModule, Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ActorSystem } from '#libs/actors';
import type { Config } from '#libs/config';
import { ProjectionRunner } from '#libs/read-models';
import { RequestClient, WorkerRegistry } from '#libs/work-queues';
import type { Logger } from 'pino';
import { Aggregates } from './aggregates.js';
import { Clock } from './clock.js';
import { COMPOSITIONS } from './compositions.js';
import { Health, REDIS } from './health.js';
import { LivingWorkers } from './living-workers.js';
import { EVENT_LOG, LogFollower } from './log-follower.js';
import { LOGGER } from './logger.js';
import type { Stores } from './open-stores.js';
import { CategoryLimits } from './rate-limits/category-limits.js';
import { RateLimits } from './rate-limits/rate-limits.js';
import { readModelStoreToken, readModelsToken } from './read-models.js';
import { CONFIG, SECRET } from './settings.js';

export interface PlatformParts {
  readonly config: Config;
  readonly secret: string;
  readonly logger: Logger;
  readonly stores: Stores;
}

/** What every other module builds on. */
@Global()
@Module({})
export class PlatformModule {
  static of({ config, secret, logger, stores }: PlatformParts): DynamicModule {
    const values = [
      { provide: CONFIG, useValue: config },
      { provide: SECRET, useValue: secret },
      { provide: LOGGER, useValue: logger },
      { provide: EVENT_LOG, useValue: stores.log },
      { provide: readModelsToken, useValue: stores.readModels.reader },
      { provide: readModelStoreToken, useValue: stores.readModels },
      { provide: REDIS, useValue: stores.redis },
      { provide: COMPOSITIONS, useValue: stores.compositions },
      { provide: ActorSystem, useValue: stores.actors },
      { provide: ProjectionRunner, useValue: stores.projections },
      { provide: RequestClient, useValue: stores.requests },
      { provide: WorkerRegistry, useValue: stores.registry },
    ];
    const services = [Clock, Aggregates, LivingWorkers, LogFollower, Health, RateLimits, CategoryLimits];
    return {
      module: PlatformModule,
      imports: [CqrsModule.forRoot()],
      providers: [...values, ...services],
      exports: [...values.map(({ provide }) => provide), ...services, CqrsModule],
    };
  }
}

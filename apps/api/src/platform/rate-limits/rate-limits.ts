import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Config } from '#libs/config';
import type { Redis } from 'ioredis';
import { REDIS } from '../health.js';
import { InjectLogger, type Logger } from '../logger.js';
import { CONFIG } from '../settings.js';
import { firstAttempt, limitsConnection } from './limits-connection.js';
import { RateLimit, type RateRule } from './rate-limit.js';

/** Makes every limit that this process shares with others, on one connection to Redis. */
@Injectable()
export class RateLimits implements OnModuleInit, OnApplicationShutdown {
  private readonly connection: Redis;

  constructor(
    @Inject(REDIS) redis: Redis,
    @Inject(CONFIG) private readonly config: Pick<Config, 'rateLimits'>,
    @InjectLogger() logger: Logger,
  ) {
    this.connection = limitsConnection(redis);
    this.connection
      .on('ready', () => logger.debug('rate limits are counted in Redis'))
      .on('close', () => logger.debug('rate limits are counted in this process alone until Redis is back'));
  }

  /** Waits for the first attempt to reach Redis, so that the first requests are shared, too. */
  async onModuleInit(): Promise<void> {
    await firstAttempt(this.connection);
  }

  onApplicationShutdown(): void {
    this.connection.disconnect();
  }

  /**
   * A limit for requests of an ordinary client: without effect where the settings turn limits off.
   * @param name of its own, the same on each node
   */
  of(name: string, rule: RateRule): RateLimit {
    return new RateLimit(this.connection, name, rule, this.config.rateLimits);
  }

  /** A limit that no setting turns off, since only an attacker reaches it. */
  always(name: string, rule: RateRule): RateLimit {
    return new RateLimit(this.connection, name, rule);
  }
}

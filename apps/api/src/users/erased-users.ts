import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ActorSystem } from '#libs/actors';
import { DomainError, type UserErased } from '#libs/domain';
import type { PersonalEventLog, RecordedEvent } from '#libs/event-log';
import type { ReadModelStore } from '#libs/read-models';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { COMPOSITIONS } from '../platform/compositions.js';
import { REDIS } from '../platform/health.js';
import { EVENT_LOG, LogFollower } from '../platform/log-follower.js';
import { InjectLogger, type Logger } from '../platform/logger.js';
import { readModelStoreToken } from '../platform/read-models.js';

const TYPES: UserErased['type'][] = ['UserErased'];

/**
 * Sees to it that nothing is left of an erased user outside the log: no key, nothing in actors' memory, in snapshots, or in
 * the read models' files, whose rows the projections have overwritten by then.
 */
@Injectable()
export class ErasedUsers implements OnApplicationBootstrap {
  /** The erasure up to which everything is forgotten: the stores were opened under the last one that there was. */
  private forgotten: string;

  constructor(
    @Inject(EVENT_LOG) private readonly log: PersonalEventLog,
    @Inject(readModelStoreToken) private readonly readModels: ReadModelStore,
    @Inject(COMPOSITIONS) private readonly compositions: Queue,
    @Inject(REDIS) private readonly redis: Redis,
    private readonly actors: ActorSystem,
    private readonly follower: LogFollower,
    @InjectLogger() private readonly logger: Logger,
  ) {
    this.forgotten = log.lastErasure;
  }

  onApplicationBootstrap(): void {
    // Each erasure is carried out before it is answered; this is for those that failed on the way, and for what need not be
    // waited for.
    this.follower.follow(
      'users',
      { types: TYPES, laneOf: ({ stream }) => stream, durable: true },
      async event => {
        await this.carryOut(event);
        await this.forgetJobs();
      },
    );
  }

  /** May be repeated: a key that the user got since stays. @throws LogUnavailable when the keys cannot be written */
  async carryOut({ id, data }: RecordedEvent): Promise<void> {
    await this.log.eraseUser((data as UserErased['data']).userId, id);
    const { lastErasure } = this.log;
    if (lastErasure === this.forgotten) return;
    await this.actors.forget(lastErasure);
    await this.readModels.truncate();
    this.forgotten = lastErasure;
  }

  /** Jobs of composing hold participants' names: none that is done is kept in Redis, nor in the file that it appends to. */
  private async forgetJobs(): Promise<void> {
    await this.compositions.clean(0, 0, 'completed');
    await this.compositions.clean(0, 0, 'failed');
    try {
      await this.redis.bgrewriteaof();
    } catch (err) {
      // One that was begun before may have seen the jobs: tried again.
      if (err instanceof Error && err.message.includes('in progress')) throw new DomainError('UNAVAILABLE');
      // It keeps no such file, or does not let us.
      this.logger.info({ err }, 'Redis did not rewrite its file after an erasure');
    }
  }
}

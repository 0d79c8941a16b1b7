import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ActorSystem } from '#libs/actors';
import type { UserErased } from '#libs/domain';
import type { PersonalEventLog, RecordedEvent } from '#libs/event-log';
import type { ReadModelStore } from '#libs/read-models';
import { EVENT_LOG, LogFollower } from '../platform/log-follower.js';
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
    private readonly actors: ActorSystem,
    private readonly follower: LogFollower,
  ) {
    this.forgotten = log.lastErasure;
  }

  onApplicationBootstrap(): void {
    // Each erasure is carried out before it is answered; this is for those that failed on the way.
    this.follower.follow('users', { types: TYPES, laneOf: ({ stream }) => stream, durable: true }, event =>
      this.carryOut(event),
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
}

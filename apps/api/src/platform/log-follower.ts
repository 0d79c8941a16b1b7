import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Config } from '#libs/config';
import { DomainError } from '#libs/domain';
import type { EventLog, Position, RecordedEvent } from '#libs/event-log';
import { ProjectionRunner } from '#libs/read-models';
import { FollowerCheckpoints } from './follower-checkpoints.js';
import { InjectLogger, type Logger } from './logger.js';
import { projected } from './projected.js';
import { CONFIG } from './settings.js';

export const EVENT_LOG = Symbol('event log');

/** Milliseconds before a reaction that failed is taken again, as often as there are numbers. */
const PAUSES = [100, 500, 2000, 5000];
const SAVE_EVERY_MS = 1000;

export interface Following {
  readonly types: readonly string[];
  /**
   * Reactions of one lane run one after the other, those of different lanes side by side, and one that fails for want of
   * something is taken again. Without lanes all run one after the other, once.
   */
  readonly laneOf?: (event: RecordedEvent) => string;
  /** Goes on where the process ended, so that nothing is left out; some reactions come twice then. Else from now on. */
  readonly durable?: boolean;
}
type React = (event: RecordedEvent) => Promise<void> | void;

/** Calls reactions for new events, in log order, after this node's projections have applied them. */
@Injectable()
export class LogFollower implements OnApplicationShutdown {
  private readonly stop = new AbortController();
  private readonly following: Promise<void>[] = [];
  private readonly checkpoints: FollowerCheckpoints;
  private readonly saving: Promise<void>;

  constructor(
    @Inject(CONFIG) config: Config,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly projections: ProjectionRunner,
    @InjectLogger() private readonly logger: Logger,
  ) {
    this.checkpoints = new FollowerCheckpoints(join(config.dataDir, 'followers.json'), err =>
      logger.warn({ err }, 'how far the log was followed cannot be read; going on from its end'),
    );
    this.saving = this.saveRegularly();
  }

  /** Follows the log under a name until the application stops; a reaction that fails is logged, and the next event goes on. */
  follow(name: string, following: Following, react: React): void {
    this.following.push(this.run(name, following, react));
  }

  async onApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await Promise.all(this.following);
    await this.saving;
  }

  private async run(name: string, { types, laneOf, durable }: Following, react: React): Promise<void> {
    const { signal } = this.stop;
    const lanes = new Map<string, Promise<void>>();
    /** Of each event under way, in order, the position before it: no log takes one that it did not give. */
    const under = new Map<Position, Position | 'end'>();
    let after: Position | 'end' | undefined = durable ? undefined : 'end';
    const done = ({ position }: RecordedEvent): void => {
      under.delete(position);
      const [beforeFirst] = under.values();
      // What stands before the first that is not done is done.
      const reached = beforeFirst ?? after;
      if (durable && typeof reached === 'number') this.checkpoints.set(name, reached);
    };
    while (!signal.aborted) {
      try {
        after ??= await this.whereItEnded(name);
        for await (const batch of this.log.tail({ types, after, signal })) {
          const last = batch.at(-1);
          if (last && !(await projected(this.projections, last.position, signal)) && !signal.aborted) {
            this.logger.warn(
              { follower: name, position: last.position },
              'reactions did not wait for the read models',
            );
          }
          for (const event of batch) {
            under.set(event.position, after);
            after = event.position;
            const lane = laneOf?.(event);
            if (lane === undefined) {
              await this.attempt(name, event, react).then(() => done(event));
              continue;
            }
            const before = lanes.get(lane) ?? Promise.resolve();
            const reaction: Promise<void> = before
              .then(() => this.attemptAgain(name, event, react))
              .then(finished => {
                if (finished) done(event);
                if (lanes.get(lane) === reaction) lanes.delete(lane);
              });
            lanes.set(lane, reaction);
          }
        }
      } catch (err) {
        if (!signal.aborted)
          this.logger.error({ err, follower: name }, 'the log could not be followed; trying again');
      }
      if (!signal.aborted) await this.pause(PAUSES[2] ?? 0);
    }
    await Promise.all(lanes.values());
  }

  /** Where the process ended; the log's end for a new name, and when it is another log than the one of before. */
  private async whereItEnded(name: string): Promise<Position> {
    const head = await this.log.head();
    const checkpoint = this.checkpoints.get(name);
    return checkpoint === undefined || checkpoint > head ? head : checkpoint;
  }

  /** Takes a reaction until it succeeds, is refused for good, or has failed too often; false: the process stops first. */
  private async attemptAgain(name: string, event: RecordedEvent, react: React): Promise<boolean> {
    for (const pause of PAUSES) {
      if (this.stop.signal.aborted) return false;
      if ((await this.attempt(name, event, react)) !== 'again') return true;
      await this.pause(pause);
    }
    return !this.stop.signal.aborted;
  }

  private async attempt(name: string, event: RecordedEvent, react: React): Promise<'done' | 'again'> {
    const { type, position } = event;
    try {
      await react(event);
      return 'done';
    } catch (err) {
      if (err instanceof DomainError && err.status < 500) {
        this.logger.info(
          { follower: name, event: type, position, code: err.code },
          'a reaction no longer applies',
        );
        return 'done';
      }
      const level = err instanceof DomainError || this.stop.signal.aborted ? 'warn' : 'error';
      this.logger[level]({ err, follower: name, event: type, position }, 'a reaction failed');
      return 'again';
    }
  }

  private async pause(milliseconds: number): Promise<void> {
    // Cut short only by the end of the process.
    await Promise.allSettled([sleep(milliseconds, undefined, { signal: this.stop.signal })]);
  }

  private async saveRegularly(): Promise<void> {
    for (let last = false; !last;) {
      await this.pause(SAVE_EVERY_MS);
      last = this.stop.signal.aborted;
      if (last) await Promise.all(this.following);
      try {
        await this.checkpoints.save();
      } catch (err) {
        this.logger.error({ err }, 'could not write down how far the log was followed');
      }
    }
  }
}

import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { EventLog, RecordedEvent, TailOptions } from '#libs/event-log';
import { ProjectionRunner } from '#libs/read-models';
import { Inject } from '@nestjs/common';
import { InjectLogger, type Logger } from './logger.js';

export const EVENT_LOG = Symbol('event log');

/**
 * Calls reactions for every new event, in log order, after this node's projections have applied it. What a reaction does
 * must be re-derivable from state when the process starts: events of before are not replayed to it.
 */
@Injectable()
export class LogFollower implements OnApplicationShutdown {
  private readonly stop = new AbortController();
  private readonly following: Promise<void>[] = [];

  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly projections: ProjectionRunner,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  /** Reactions of one follower run one after the other; a failed one is logged, and the next event goes on. */
  follow(
    name: string,
    filter: Pick<TailOptions, 'types'>,
    react: (event: RecordedEvent) => Promise<void> | void,
  ): void {
    const tail = this.log.tail({ ...filter, after: 'end', signal: this.stop.signal });
    this.following.push(this.run(name, tail, react));
  }

  async onApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await Promise.allSettled(this.following);
  }

  private async run(
    name: string,
    tail: AsyncIterable<readonly RecordedEvent[]>,
    react: (event: RecordedEvent) => Promise<void> | void,
  ): Promise<void> {
    for await (const batch of tail) {
      const last = batch.at(-1);
      if (last) await this.projections.caughtUp(last.position);
      for (const event of batch) {
        try {
          await react(event);
        } catch (error) {
          this.logger.error(
            { err: error, follower: name, event: event.type, position: event.position },
            'reaction failed',
          );
        }
      }
    }
  }
}

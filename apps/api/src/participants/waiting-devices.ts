import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Config } from '#libs/config';
import { DomainError } from '#libs/domain';
import { Aggregates } from '../platform/aggregates.js';
import { InjectLogger, type Logger } from '../platform/logger.js';
import { InjectReadModels, type ReadModels } from '../platform/read-models.js';
import { CONFIG } from '../platform/settings.js';
import { StopWaiting } from './stop-waiting.js';

export interface Waiting {
  readonly meetingId: string;
  readonly userId: string;
}

const keyOf = ({ meetingId, userId }: Waiting): string => `${meetingId}\n${userId}`;

/**
 * Ends the waiting of those whose last connection went away while they waited for the host, after the grace period. Who asked
 * over REST alone has no connection to lose, and waits until answered, leaving, or the meeting's end. Which connections
 * wait is known to this process alone: after a restart everybody who waits has the grace period to ask again.
 */
@Injectable()
export class WaitingDevices implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly devices = new Map<string, { waiting: Waiting; connections: Set<string> }>();
  private readonly vanished = new Map<string, NodeJS.Timeout>();
  private closing = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly commands: CommandBus,
    private readonly aggregates: Aggregates,
    @InjectReadModels() private readonly readModels: ReadModels,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const rows = await this.readModels.selectFrom('waiting').select(['meeting_id', 'user_id']).execute();
    for (const { meeting_id: meetingId, user_id: userId } of rows) this.giveUpLater({ meetingId, userId });
  }

  beforeApplicationShutdown(): void {
    this.closing = true;
    for (const timer of this.vanished.values()) clearTimeout(timer);
  }

  /** Somebody asked: nothing ends the waiting before this connection closes, or at all where there is none. */
  here(waiting: Waiting, connectionId: string | undefined): void {
    const key = keyOf(waiting);
    clearTimeout(this.vanished.get(key));
    this.vanished.delete(key);
    if (connectionId === undefined) return;
    const known = this.devices.get(key);
    if (known) known.connections.add(connectionId);
    else this.devices.set(key, { waiting, connections: new Set([connectionId]) });
  }

  /** This connection waits no more: it is in. */
  over(waiting: Waiting, connectionId: string): void {
    this.remove(keyOf(waiting), connectionId);
  }

  /** This connection closed, whatever it waited for. */
  gone(connectionId: string): void {
    for (const [key, { waiting, connections }] of this.devices) {
      if (connections.has(connectionId) && this.remove(key, connectionId)) this.giveUpLater(waiting);
    }
  }

  /** Whether it was the last one. */
  private remove(key: string, connectionId: string): boolean {
    const connections = this.devices.get(key)?.connections;
    connections?.delete(connectionId);
    return connections?.size === 0 && this.devices.delete(key);
  }

  private giveUpLater(waiting: Waiting): void {
    if (this.closing) return;
    const key = keyOf(waiting);
    clearTimeout(this.vanished.get(key));
    const timer = setTimeout(() => {
      this.vanished.delete(key);
      void this.giveUp(waiting);
    }, this.config.disconnectGraceSeconds * 1000);
    this.vanished.set(key, timer);
  }

  private async giveUp(waiting: Waiting): Promise<void> {
    const { meetingId, userId } = waiting;
    try {
      await this.commands.execute(new StopWaiting(meetingId, userId, this.aggregates.ownContext()));
    } catch (error) {
      // The process stops underneath: the next one gives everybody who waits the grace period.
      if (this.closing) return;
      if (error instanceof DomainError && error.status < 500) return;
      this.logger.error({ err: error, meeting: meetingId }, 'could not end a waiting; trying again');
      this.giveUpLater(waiting);
    }
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { AnyEvent, UserErased } from '#libs/domain';
import { type PersonalEventLog, type Position, type RecordedEvent, START } from '#libs/event-log';
import { ProjectionRunner } from '#libs/read-models';
import { EVENT_LOG } from '../../../platform/log-follower.js';
import { InjectLogger, type Logger } from '../../../platform/logger.js';
import { projected } from '../../../platform/projected.js';
import { TOLD_TYPES } from './event-pushes.js';
import { MeetingChannel } from './meeting-channel.js';

const TYPES: readonly AnyEvent['type'][] = [...TOLD_TYPES, 'UserErased'];

/** Milliseconds before a log that could not be followed is followed again. */
const AGAIN_AFTER = 2_000;
/** Milliseconds after which a channel that no socket uses is given up: many who go come back at once. */
const IDLE_MS = 30_000;

/** The meetings with sockets on this node, and the one follower of the log that feeds them all. */
@Injectable()
export class MeetingChannels implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly channels = new Map<string, { channel: MeetingChannel; loaded: Promise<void> }>();
  private readonly stop = new AbortController();
  private following: Promise<void> = Promise.resolve();
  /** Channels without sockets at the last look. */
  private idle = new Set<MeetingChannel>();
  private readonly looking = setInterval(() => this.giveUpIdle(), IDLE_MS).unref();

  constructor(
    @Inject(EVENT_LOG) private readonly log: PersonalEventLog,
    private readonly projections: ProjectionRunner,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const head = await this.log.head();
    this.following = this.follow(head);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.looking);
    this.stop.abort();
    await this.following;
  }

  /**
   * The channel of a meeting, loaded; to be given back with `release`.
   * @param from where the socket left off
   * @throws LogUnavailable
   */
  async open(meetingId: string, from?: Position): Promise<MeetingChannel> {
    let entry = this.channels.get(meetingId);
    if (!entry) {
      const channel = new MeetingChannel(meetingId, this.log);
      entry = { channel, loaded: channel.load(from) };
      this.channels.set(meetingId, entry);
    }
    const { channel, loaded } = entry;
    channel.users += 1;
    try {
      await loaded;
      return channel;
    } catch (error) {
      this.drop(channel);
      throw error;
    }
  }

  release(channel: MeetingChannel): void {
    channel.users -= 1;
  }

  private async follow(from: Position): Promise<void> {
    const { signal } = this.stop;
    let after = from;
    while (!signal.aborted) {
      try {
        for await (const batch of this.log.tail({ types: TYPES, after, signal })) {
          const last = batch.at(-1)?.position ?? START;
          // Whoever is told of something may ask for it at once.
          if (!(await projected(this.projections, last, signal)) && !signal.aborted) {
            this.logger.warn({ position: last }, 'meeting sockets did not wait for the read models');
          }
          for (const event of batch) {
            this.take(event);
            after = event.position;
          }
        }
      } catch (err) {
        if (!signal.aborted)
          this.logger.error({ err }, 'the log could not be followed for meeting sockets; trying again');
      }
      await Promise.allSettled([sleep(AGAIN_AFTER, undefined, { signal })]);
    }
  }

  private take(event: RecordedEvent): void {
    if (event.type === 'UserErased') {
      void this.forget(event.id, (event.data as UserErased['data']).userId);
      return;
    }
    const { meetingId } = event.data as { meetingId: string };
    const channel = this.channels.get(meetingId)?.channel;
    if (!channel) return;
    try {
      channel.take(event);
    } catch (err) {
      this.logger.error({ err, meeting: meetingId, position: event.position }, 'an event could not be told');
      this.drop(channel);
    }
  }

  /** Nothing of an erased user stays in memory, once the keys are destroyed. */
  private async forget(erasure: string, userId: string): Promise<void> {
    const { signal } = this.stop;
    for (let isDone = false; !isDone && !signal.aborted;) {
      try {
        // Once for each erasure, whoever asks for it first.
        await this.log.eraseUser(userId, erasure);
        isDone = true;
      } catch (err) {
        this.logger.warn({ err }, 'an erasure is not carried out yet; meeting sockets wait for it');
        await Promise.allSettled([sleep(AGAIN_AFTER, undefined, { signal })]);
      }
    }
    // Its memory ends with the process.
    if (signal.aborted) return;
    for (const { channel } of this.channels.values()) {
      if (!channel.mayKnow(userId)) {
        channel.forget();
        continue;
      }
      channel.reload().catch((err: unknown) => {
        if (signal.aborted) return;
        this.logger.error({ err, meeting: channel.meetingId }, 'a meeting could not be read anew');
        this.drop(channel);
      });
    }
  }

  /** Its sockets are closed; who comes back gets another channel and what was missed. */
  private drop(channel: MeetingChannel): void {
    if (this.channels.get(channel.meetingId)?.channel === channel) this.channels.delete(channel.meetingId);
    channel.lose();
  }

  /** Gives up the channels that have had no socket since the last look: what they hold is read anew when somebody comes. */
  giveUpIdle(): void {
    const idle = [...this.channels.values()].flatMap(({ channel }) => (channel.users === 0 ? channel : []));
    for (const channel of idle) if (this.idle.has(channel)) this.channels.delete(channel.meetingId);
    this.idle = new Set(idle);
  }
}

import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DomainError, Meeting } from '#libs/domain';
import type { RecordedEvent } from '#libs/event-log';
import { Aggregates } from '../platform/aggregates.js';
import { Clock } from '../platform/clock.js';
import { LogFollower } from '../platform/log-follower.js';
import { InjectLogger, type Logger } from '../platform/logger.js';
import { InjectReadModels, type ReadModels } from '../platform/read-models.js';

const WARNED_BEFORE_MS = 60_000;
const RETRY_MS = 1000;

const meetingOf = ({ data }: RecordedEvent): string => (data as { meetingId: string }).meetingId;

/**
 * Announces that breakout rooms with a time limit close, a minute before (half their time before, when that is less), and
 * closes them. It keeps nothing that the log does not: after a restart it goes on from there, and what it missed it does.
 */
@Injectable()
export class BreakoutTimer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  /** What wakes it next, by meeting. */
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private closing = false;

  constructor(
    private readonly aggregates: Aggregates,
    private readonly follower: LogFollower,
    private readonly clock: Clock,
    @InjectReadModels() private readonly readModels: ReadModels,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const types = ['BreakoutRoomsOpened', 'BreakoutRoomsClosed'];
    this.follower.follow('breakout-timer', { types, laneOf: meetingOf, durable: true }, event =>
      this.wake(meetingOf(event), 0),
    );
    const open = await this.readModels
      .selectFrom('meetings')
      .select('meeting_id')
      .where('breakout_closes_at', 'is not', null)
      .execute();
    for (const { meeting_id } of open) this.wake(meeting_id, 0);
  }

  beforeApplicationShutdown(): void {
    this.closing = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
  }

  private wake(meetingId: string, inMs: number): void {
    if (this.closing) return;
    clearTimeout(this.timers.get(meetingId));
    const timer = setTimeout(() => {
      this.timers.delete(meetingId);
      this.step(meetingId).catch((err: unknown) => {
        // Done already by somebody else, or the meeting ended.
        if (this.closing || (err instanceof DomainError && err.status < 500)) return;
        this.logger.warn({ err, meeting: meetingId }, 'breakout rooms could not be closed; trying again');
        this.wake(meetingId, RETRY_MS);
      });
    }, inMs);
    this.timers.set(meetingId, timer);
  }

  /** Does what is due in a meeting, and sets the clock for what is due next. */
  private async step(meetingId: string): Promise<void> {
    clearTimeout(this.timers.get(meetingId));
    const { breakout } = await this.aggregates.state(Meeting, meetingId);
    if (!breakout?.closesAt) return;
    const { closesAt, closeAnnounced } = breakout;
    const now = this.clock.now();
    const closes = Date.parse(closesAt);
    const warns = closes - (await this.warnedBefore(meetingId, closes));
    const announce = !closeAnnounced && now >= warns;
    const context = this.aggregates.ownContext();
    if (now >= closes) {
      await this.aggregates.execute(Meeting, meetingId, { type: 'CloseBreakoutRooms', closesAt }, context);
      return;
    }
    if (announce) {
      const type = 'AnnounceBreakoutRoomsClose';
      await this.aggregates.execute(Meeting, meetingId, { type, closesAt }, context);
    }
    this.wake(meetingId, (closeAnnounced || announce ? closes : warns) - now);
  }

  private async warnedBefore(meetingId: string, closes: number): Promise<number> {
    const row = await this.readModels
      .selectFrom('meetings')
      .select('breakout_opened_at')
      .where('meeting_id', '=', meetingId)
      .executeTakeFirst();
    const opened = row?.breakout_opened_at;
    return opened ? Math.min(WARNED_BEFORE_MS, (closes - Date.parse(opened)) / 2) : WARNED_BEFORE_MS;
  }
}

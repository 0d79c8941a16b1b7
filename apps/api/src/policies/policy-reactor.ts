import { setTimeout as sleep } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import {
  type AnyEvent,
  DomainError,
  Meeting,
  type MeetingEvent,
  permissionsOf,
  type SecurityPolicyApplied,
  streamOf,
  SYSTEM,
} from '#libs/domain';
import type { EventLog, RecordedEvent } from '#libs/event-log';
import { Aggregates, systemContext } from '../platform/aggregates.js';
import { EVENT_LOG, LogFollower } from '../platform/log-follower.js';
import { InjectLogger, type Logger } from '../platform/logger.js';
import { Enforcement } from './enforcement.js';

/** What changes anybody's permissions for the worse. Going back from a breakout room or closing it does not. */
const TYPES: readonly MeetingEvent['type'][] = [
  'SecurityPolicyApplied',
  'ParticipantRoleChanged',
  'BreakoutRoomAssigned',
];
/** Seats that are brought into line at a time. */
const AT_A_TIME = 50;
const AGAIN_MS = 1000;

const laneOf = ({ data }: RecordedEvent): string => (data as { meetingId: string }).meetingId;

/** Enforces what is allowed for those who are in already: microphones, cameras and screens follow policy, role and room. */
@Injectable()
export class PolicyReactor implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stop = new AbortController();

  constructor(
    private readonly aggregates: Aggregates,
    private readonly enforcement: Enforcement,
    private readonly follower: LogFollower,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.follower.follow('policies', { types: TYPES, laneOf, durable: true }, event =>
      this.react(event as unknown as AnyEvent, event.id),
    );
  }

  beforeApplicationShutdown(): void {
    this.stop.abort();
  }

  private async react(event: AnyEvent, eventId: string): Promise<void> {
    switch (event.type) {
      case 'SecurityPolicyApplied':
        return this.apply(event.data, eventId);
      case 'ParticipantRoleChanged':
      case 'BreakoutRoomAssigned': {
        const { meetingId, userId } = event.data;
        return this.enforce(meetingId, userId, eventId);
      }
      default:
        return;
    }
  }

  private async apply(applied: SecurityPolicyApplied['data'], eventId: string): Promise<void> {
    const { meetingId, settings, appliedAt } = applied;
    const meeting = await this.aggregates.state(Meeting, meetingId);
    const mutes = settings.muteOnEntry && !(await this.mutedOnEntryBefore(meetingId, eventId));
    await this.forEach(Object.values(meeting.roster), async ({ userId, joinedAt }) => {
      // Once: the event's id makes a repeat of the reaction harmless. Who came later came in muted.
      if (mutes && joinedAt <= appliedAt && !permissionsOf(meeting, userId).moderate)
        await this.enforcement.mute(meetingId, userId, systemContext(eventId));
      await this.enforce(meetingId, userId, eventId);
    });
  }

  /** Does not give up while the media worker lives: what is forbidden would be seen or heard, as long as nothing else happens. */
  private async enforce(meetingId: string, userId: string, eventId: string): Promise<void> {
    const { signal } = this.stop;
    for (;;) {
      try {
        return await this.enforcement.enforce(meetingId, userId, { by: SYSTEM, requestId: eventId });
      } catch (error) {
        if (!(error instanceof DomainError && error.status === 503) || signal.aborted) throw error;
        this.logger.warn({ err: error, meeting: meetingId }, 'a policy could not be enforced; trying again');
        await Promise.allSettled([sleep(AGAIN_MS, undefined, { signal })]);
      }
    }
  }

  /** Some at a time; one that fails keeps no other from its turn. */
  private async forEach<T>(all: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
    let failed: { readonly with: unknown } | undefined;
    const attempt = async (one: T): Promise<void> => {
      try {
        await act(one);
      } catch (error) {
        // Who is not seated (any more) has nothing to be brought into line.
        if (!(error instanceof DomainError && error.status < 500)) failed ??= { with: error };
      }
    };
    for (let first = 0; first < all.length; first += AT_A_TIME)
      await Promise.all(all.slice(first, first + AT_A_TIME).map(attempt));
    if (failed) throw failed.with as Error;
  }

  /** Whether people came in muted already before this event: whoever is unmuted now has chosen to be. */
  private async mutedOnEntryBefore(meetingId: string, eventId: string): Promise<boolean> {
    let before = false;
    for await (const event of this.log.readStream(streamOf(Meeting, meetingId))) {
      if (event.id === eventId) break;
      if (event.type !== 'MeetingCreated' && event.type !== 'SecurityPolicyApplied') continue;
      before = (event.data as { settings: { muteOnEntry?: boolean } }).settings.muteOnEntry === true;
    }
    return before;
  }
}

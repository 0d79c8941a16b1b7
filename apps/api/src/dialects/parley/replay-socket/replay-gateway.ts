import { Inject } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { WebSocketGateway } from '@nestjs/websockets';
import { DomainError, shownEvent } from '#libs/domain';
import type { EventLog } from '#libs/event-log';
import { ID_PATTERN } from '../../../meetings/meeting-id.js';
import { Clock } from '../../../platform/clock.js';
import { EVENT_LOG } from '../../../platform/log-follower.js';
import { InjectLogger, type Logger } from '../../../platform/logger.js';
import type { RawSocket } from '../../../platform/raw-sockets/raw-socket.js';
import type { RawSocketServer, Upgrade } from '../../../platform/raw-sockets/raw-socket-server.js';
import { ReadMeetingEvents } from '../../../replay/read-meeting-events.js';
import { ReplayClock } from './replay-clock.js';
import { type LoadedMeeting, ReplaySession } from './replay-session.js';

/** Replays that one user may have open: each keeps its meeting's events in memory. */
const REPLAYS_PER_USER = 10;

/** Replays a meeting over a WebSocket. docs/REPLAY-SOCKET.md describes it. */
@WebSocketGateway({ path: '/api/v1/meetings/:id/replay', maxPayload: 16 * 1024 })
export class ReplayGateway {
  /** Open replays by user id. */
  private readonly open = new Map<string, number>();

  constructor(
    private readonly queries: QueryBus,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly replayClock: ReplayClock,
    private readonly clock: Clock,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  afterInit(server: RawSocketServer<LoadedMeeting>): void {
    server.serve({
      admit: upgrade => this.admit(upgrade),
      connected: socket => this.connected(socket),
    });
  }

  /** Reads the meeting for one who may replay it. @throws DomainError saying why not */
  private async admit({ principal, params, requestId }: Upgrade): Promise<LoadedMeeting> {
    const { id: meetingId = '' } = params;
    if (!ID_PATTERN.test(meetingId)) throw new DomainError('MEETING_NOT_FOUND', { meeting_id: meetingId });
    if ((this.open.get(principal.userId) ?? 0) >= REPLAYS_PER_USER) {
      throw new DomainError(
        'RATE_LIMIT_EXCEEDED',
        { limit: REPLAYS_PER_USER },
        `You have ${REPLAYS_PER_USER} replays open; close one first`,
      );
    }
    // Streams are read one after the other: what is appended meanwhile is left to whoever follows from here.
    const head = await this.log.head();
    const all = await this.queries.execute(new ReadMeetingEvents(meetingId, principal));
    const events = all
      .filter(({ position }) => position <= head)
      .flatMap(event => shownEvent(event, principal.userId) ?? []);
    return { meetingId, principal, requestId, events, head };
  }

  private connected(socket: RawSocket<LoadedMeeting>): void {
    const { userId } = socket.session.principal;
    this.open.set(userId, (this.open.get(userId) ?? 0) + 1);
    socket.once('disconnect', () => {
      const left = (this.open.get(userId) ?? 1) - 1;
      if (left > 0) this.open.set(userId, left);
      else this.open.delete(userId);
    });
    const { log, replayClock, clock, logger } = this;
    new ReplaySession(socket, { log, replayClock, clock, logger }).begin();
  }
}

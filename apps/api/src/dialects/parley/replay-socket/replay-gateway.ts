import { Inject, type OnApplicationShutdown } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { WebSocketGateway } from '@nestjs/websockets';
import { DomainError, shownEvent } from '#libs/domain';
import type { PersonalEventLog } from '#libs/event-log';
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
/** Milliseconds between two looks whether a user was erased. */
const LOOK_EVERY_MS = 1000;

/** Replays a meeting over a WebSocket. docs/REPLAY-SOCKET.md describes it. */
@WebSocketGateway({ path: '/api/v1/meetings/:id/replay', maxPayload: 16 * 1024 })
export class ReplayGateway implements OnApplicationShutdown {
  private readonly open = new Map<RawSocket<LoadedMeeting>, ReplaySession>();
  private readonly opening = new Set<Upgrade>();
  /** Those that send something see an erasure at once; what the others keep in memory goes soon after. */
  private readonly looking = setInterval(() => {
    for (const session of this.open.values()) session.endIfErased();
  }, LOOK_EVERY_MS).unref();

  constructor(
    private readonly queries: QueryBus,
    @Inject(EVENT_LOG) private readonly log: PersonalEventLog,
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

  onApplicationShutdown(): void {
    clearInterval(this.looking);
  }

  /** Reads the meeting for one who may replay it. @throws DomainError saying why not */
  private async admit(upgrade: Upgrade): Promise<LoadedMeeting> {
    const { id = '' } = upgrade.params;
    if (!ID_PATTERN.test(id)) throw new DomainError('MEETING_NOT_FOUND', { meeting_id: id });
    const sessions = [...this.open.keys()].map(({ session }) => session);
    const theirs = [...sessions, ...this.opening].filter(
      ({ principal }) => principal.userId === upgrade.principal.userId,
    );
    if (theirs.length >= REPLAYS_PER_USER) {
      throw new DomainError(
        'RATE_LIMIT_EXCEEDED',
        { limit: REPLAYS_PER_USER },
        `You have ${REPLAYS_PER_USER} replays open; close one first`,
      );
    }
    this.opening.add(upgrade);
    try {
      return await this.load(id, upgrade);
    } finally {
      this.opening.delete(upgrade);
    }
  }

  private async load(meetingId: string, { principal, requestId }: Upgrade): Promise<LoadedMeeting> {
    const { lastErasure: erasure } = this.log;
    // Streams are read one after the other: what is appended meanwhile is left to whoever follows from here.
    const head = await this.log.head();
    const all = await this.queries.execute(new ReadMeetingEvents(meetingId, principal));
    const events = all
      .filter(({ position }) => position <= head)
      .flatMap(event => shownEvent(event, principal.userId) ?? []);
    return { meetingId, principal, requestId, events, head, erasure };
  }

  private connected(socket: RawSocket<LoadedMeeting>): void {
    const { log, replayClock, clock, logger } = this;
    const session = new ReplaySession(socket, { log, replayClock, clock, logger });
    this.open.set(socket, session);
    socket.once('disconnect', () => this.open.delete(socket));
    session.begin();
  }
}

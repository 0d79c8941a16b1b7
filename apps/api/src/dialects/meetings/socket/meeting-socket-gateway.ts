import { Inject } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { WebSocketGateway } from '@nestjs/websockets';
import { newUlid } from '#libs/actors';
import { DomainError } from '#libs/domain';
import { LogUnavailable, type PersonalEventLog } from '#libs/event-log';
import { GetMeeting } from '../../../meetings/get-meeting.js';
import { ID_PATTERN } from '../../../meetings/meeting-id.js';
import { Presence } from '../../../participants/presence.js';
import { Aggregates } from '../../../platform/aggregates.js';
import { EVENT_LOG } from '../../../platform/log-follower.js';
import { InjectLogger, type Logger } from '../../../platform/logger.js';
import { CategoryLimits } from '../../../platform/rate-limits/category-limits.js';
import type { RawSocket } from '../../../platform/raw-sockets/raw-socket.js';
import type { RawSocketServer, Upgrade } from '../../../platform/raw-sockets/raw-socket-server.js';
import { failureLevel } from '../../../platform/refusal.js';
import { meetingsErrorBody } from '../meetings-error.js';
import { catchUp } from './catch-up.js';
import { ClientCommands } from './client-commands.js';
import { lastPosition } from './last-position.js';
import { MeetingChannels } from './meeting-channels.js';
import type { Sender } from './message-frame.js';
import { type Admitted, MeetingSession } from './meeting-session.js';

/** Sockets that one user may have at one meeting. */
const SOCKETS_PER_USER = 10;

/** The WebSocket of the meetings document. docs/MEETINGS-SOCKET.md describes it. */
@WebSocketGateway({ path: '/ws/meetings/:id', maxPayload: 64 * 1024 })
export class MeetingSocketGateway {
  private readonly sockets = new Map<string, number>();

  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    @Inject(EVENT_LOG) private readonly log: PersonalEventLog,
    private readonly aggregates: Aggregates,
    private readonly presence: Presence,
    private readonly limits: CategoryLimits,
    private readonly clientCommands: ClientCommands,
    private readonly channels: MeetingChannels,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  afterInit(server: RawSocketServer<Admitted>): void {
    server.serve({
      admit: upgrade => this.admit(upgrade),
      connected: socket => this.connected(socket),
      refusalBody: meetingsErrorBody,
    });
  }

  /** Lets in whoever is signed in: what they are told is another matter. @throws DomainError saying why not */
  private async admit(upgrade: Upgrade): Promise<Admitted> {
    const { principal, params, query } = upgrade;
    const { userId } = principal;
    const { id: meetingId = '' } = params;
    // To connect is a message, too: what is missed is read from the log for each who comes back.
    await this.limits.take('socket', userId);
    if (!ID_PATTERN.test(meetingId)) throw new DomainError('MEETING_NOT_FOUND', { meeting_id: meetingId });
    try {
      if (this.count({ meetingId, userId }, 1) > SOCKETS_PER_USER) {
        throw new DomainError(
          'RATE_LIMIT_EXCEEDED',
          { limit: SOCKETS_PER_USER },
          `You have ${SOCKETS_PER_USER} sockets at this meeting; close one first`,
        );
      }
      const { status } = await this.queries.execute(new GetMeeting(meetingId));
      if (status === 'ended') throw new DomainError('MEETING_ENDED');
      if (status === 'cancelled') throw new DomainError('MEETING_CANCELLED');
      const from = lastPosition(query, await this.log.head());
      const place = from !== undefined && { lastPosition: from };
      return { meetingId, userId, principal, connectionId: `conn_${newUlid()}`, ...place };
    } finally {
      this.count({ meetingId, userId }, -1);
    }
  }

  /** Sockets of a user at a meeting, open and about to be; one more or one less. */
  private count({ meetingId, userId }: Sender, change: 1 | -1): number {
    const key = `${meetingId}\n${userId}`;
    const count = (this.sockets.get(key) ?? 0) + change;
    if (count > 0) this.sockets.set(key, count);
    else this.sockets.delete(key);
    return count;
  }

  private async connected(socket: RawSocket<Admitted>): Promise<void> {
    this.count(socket.session, 1);
    const { commands, clientCommands, aggregates, presence, limits, logger } = this;
    const session = new MeetingSession(socket, {
      commands,
      clientCommands,
      aggregates,
      presence,
      limits,
      logger,
    });
    socket.once('disconnect', () => {
      this.count(socket.session, -1);
      session.end().catch((err: unknown) => {
        const { meetingId } = socket.session;
        logger[failureLevel(err)]({ err, meeting: meetingId }, 'could not note that a device is gone');
      });
    });
    try {
      await this.begin(socket, session);
    } catch (error) {
      const isAway =
        error instanceof LogUnavailable || (error instanceof DomainError && error.status === 503);
      if (!isAway) throw error;
      socket.close(1013, 'try again shortly');
    }
  }

  private async begin(socket: RawSocket<Admitted>, session: MeetingSession): Promise<void> {
    const { meetingId, lastPosition: from } = socket.session;
    const channel = await this.channels.open(meetingId, from);
    const giveBack = (): void => {
      channel.remove(session);
      this.channels.release(channel);
    };
    if (!socket.isOpen) return giveBack();
    socket.once('disconnect', giveBack);
    await session.attach();
    const position = from ?? channel.position;
    session.welcome(position);
    await catchUp(channel, this.log, session, position);
    session.settle(channel.meeting);
    session.listen();
  }
}

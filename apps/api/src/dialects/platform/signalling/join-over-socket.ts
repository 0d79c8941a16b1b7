import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Meeting, ownEntry } from '#libs/domain';
import { JoinMeeting } from '../../../participants/join-meeting.js';
import { Presence } from '../../../participants/presence.js';
import { Aggregates } from '../../../platform/aggregates.js';
import { InjectLogger, type Logger } from '../../../platform/logger.js';
import { knownRefusal } from '../../../platform/refusal.js';
import { contextOf, newRequestId } from '../../../platform/request-context.js';
import { platformError } from '../platform-error.js';
import { JoinedView } from './joined-view.js';
import type { JoinMeetingMessage } from './messages.js';
import { PermissionPushes } from './permission-pushes.js';
import { PushOutlet } from './push-outlet.js';
import { RoomWatch } from './room-watch.js';
import { meetingRoom, type SignallingSocket, userRoom, waitingRoom } from './signalling-session.js';

/** Joining over a signalling connection: a seat, the pushes of the meeting, and all that one must know to begin. */
@Injectable()
export class JoinOverSocket {
  constructor(
    private readonly commands: CommandBus,
    private readonly aggregates: Aggregates,
    private readonly presence: Presence,
    private readonly joinedView: JoinedView,
    private readonly outlet: PushOutlet,
    private readonly watch: RoomWatch,
    private readonly permissions: PermissionPushes,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  async join(socket: SignallingSocket, message: JoinMeetingMessage): Promise<object> {
    const { meeting_id: meetingId, user_info, capabilities } = message;
    const { principal, seats, waiting } = socket.data;
    const joined = await this.commands.execute(
      new JoinMeeting(
        {
          meetingId,
          connectionId: socket.id,
          displayName: user_info?.display_name ?? undefined,
          password: message.password ?? undefined,
          deviceType: user_info?.device_type ?? undefined,
          isMuted: message.is_muted ?? capabilities?.audio === false,
          isVideoOn: message.is_video_on ?? capabilities?.video !== false,
        },
        contextOf(principal),
      ),
    );
    if (!joined) {
      const joinAdmitted = (): Promise<void> => this.joinAdmitted(socket, message);
      waiting.set(meetingId, joinAdmitted);
      await socket.join([waitingRoom(meetingId), userRoom(meetingId, principal.userId)]);
      // Whoever was admitted before this connection waited has missed the word.
      const stillWaits = ownEntry(
        (await this.aggregates.state(Meeting, meetingId)).waiting,
        principal.userId,
      );
      if (!stillWaits && waiting.get(meetingId) === joinAdmitted) {
        waiting.delete(meetingId);
        return this.join(socket, message);
      }
      // The device went away while it asked.
      if (!socket.connected) this.presence.waitingGone(socket.id);
      return { waiting: true };
    }
    const { participantId } = joined.seat;
    if (!socket.connected) {
      // The device went away while it joined: nobody else would notice.
      await this.presence.deviceGone({ meetingId, participantId, userId: principal.userId }, socket.id);
      return {};
    }
    seats.set(meetingId, participantId);
    const release = this.outlet.hold(socket, meetingId);
    let shown: readonly string[] = [];
    try {
      await socket.join([meetingRoom(meetingId), userRoom(meetingId, principal.userId)]);
      // Read when pushes come already, so that nothing falls between the two; and what follows from it, before they go on.
      const meeting = await this.aggregates.state(Meeting, meetingId);
      this.watch.begin(meeting);
      this.permissions.shown(socket, meeting);
      const joinedView = await this.joinedView.of(meeting, participantId, principal);
      socket.emit('meeting_joined', joinedView.view);
      shown = joinedView.shown;
      return joinedView.view;
    } finally {
      release(shown);
    }
  }

  /** The host admitted one who waited: its join is repeated, and can only be answered by a push. */
  private async joinAdmitted(socket: SignallingSocket, message: JoinMeetingMessage): Promise<void> {
    try {
      await this.join(socket, message);
    } catch (error) {
      const known = knownRefusal(error);
      if (!known) this.logger.error({ err: error }, 'joining after admission failed');
      else socket.emit('error', platformError(known, newRequestId()));
    }
  }
}

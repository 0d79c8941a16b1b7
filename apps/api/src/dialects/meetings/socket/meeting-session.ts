import type { CommandBus } from '@nestjs/cqrs';
import { DomainError, Meeting, type MeetingState, type MomentEvent, ownEntry } from '#libs/domain';
import type { Position } from '#libs/event-log';
import { LeaveMeeting } from '../../../participants/leave-meeting.js';
import { ConnectDevice } from '../../../participants/connect-device.js';
import { JoinMeeting, type JoinRequest } from '../../../participants/join-meeting.js';
import type { Presence } from '../../../participants/presence.js';
import type { Aggregates } from '../../../platform/aggregates.js';
import type { Logger } from '../../../platform/logger.js';
import type { CategoryLimits } from '../../../platform/rate-limits/category-limits.js';
import { refuseExceeded } from '../../../platform/rate-limits/rate-limit.js';
import type { RawMessage, RawSocket } from '../../../platform/raw-sockets/raw-socket.js';
import { failureLevel, internalRefusal, knownRefusal } from '../../../platform/refusal.js';
import { contextOf, newRequestId } from '../../../platform/request-context.js';
import { joinedView, leftView } from '../joined-view.js';
import { meetingsError } from '../meetings-error.js';
import type { Returning } from './catch-up.js';
import { type ClientCommands, type Guest, joinRequest } from './client-commands.js';
import { FloodGuard } from './flood-guard.js';
import { joinData } from './message-data.js';
import { type ClientMessage, idOf, inMessage, readFrame, readMessage } from './message-frame.js';
import type { ToldEvent } from './told-event.js';

/** What is known of a socket since it was let in. */
export interface Admitted extends Guest {
  readonly connectionId: string;
  /** Where the client left off; absent: it begins now. */
  readonly lastPosition?: Position;
}

export interface SessionParts {
  readonly commands: CommandBus;
  readonly clientCommands: ClientCommands;
  readonly aggregates: Aggregates;
  readonly presence: Presence;
  readonly limits: CategoryLimits;
  readonly logger: Logger;
}

/** Bytes that wait to be sent before no more of the past is added. */
const HIGH_WATER = 128 * 1024;

/** One socket of a user at a meeting: a device of the user's seat, while they have one. */
export class MeetingSession implements Returning {
  readonly userId: string;
  /** The seat that this connection is a device of. */
  private participantId?: string;
  /** How it wants to join once it is admitted; undefined when it does not wait. */
  private wish?: JoinRequest;
  /** Up to where it was told what happened. */
  private heard: Position = -1;
  private readonly flood = new FloodGuard();

  constructor(
    private readonly socket: RawSocket<Admitted>,
    private readonly parts: SessionParts,
  ) {
    this.userId = socket.session.userId;
  }

  get isOpen(): boolean {
    return this.socket.isOpen;
  }

  /** Takes the seat that the user has, if any, as a device of it. */
  async attach(): Promise<void> {
    const { meetingId, connectionId, principal } = this.socket.session;
    try {
      const { participantId } = await this.parts.commands.execute(
        new ConnectDevice(meetingId, connectionId, contextOf(principal)),
      );
      await this.sit(participantId);
    } catch (error) {
      // Nobody, or nobody any more, who is in.
      if (!(error instanceof DomainError) || error.status >= 500) throw error;
    }
  }

  /** Says hello; whatever is told from now on stands after this position. */
  welcome(position: Position): void {
    this.heard = position;
    const { connectionId } = this.socket.session;
    const data = { connection_id: connectionId, position, is_in_meeting: this.participantId !== undefined };
    this.send('connected', data);
  }

  /** Listens to what the client says. */
  listen(): void {
    this.socket.serve(message => this.take(message));
  }

  hear(told: ToldEvent): void {
    if (told.position <= this.heard) return;
    this.heard = told.position;
    const frame = told.frameFor(this.userId);
    if (frame) this.socket.sendFrame(frame);
  }

  async ready(): Promise<void> {
    if (this.socket.bufferedAmount > HIGH_WATER) await this.socket.sent();
  }

  /** Catches up with what the meeting is when it begins to hear of it: for what happened while it was let in. */
  settle({ status, roster }: MeetingState): void {
    if (status === 'ended' || status === 'cancelled') return this.over();
    const seat = ownEntry(roster, this.userId);
    if (seat && seat.participantId !== this.participantId) this.begin(this.attach());
  }

  follow(event: MomentEvent): void {
    switch (event.type) {
      case 'MeetingEnded':
      case 'MeetingCancelled':
        return this.over();
      case 'ParticipantSeated': {
        const { userId, participantId } = event.data;
        // Joined by another device, or over REST: this one is a device of the same seat.
        if (userId === this.userId && participantId !== this.participantId) this.begin(this.attach());
        return;
      }
      case 'ParticipantLeft':
        if (event.data.participantId === this.participantId) this.participantId = undefined;
        return;
      case 'ParticipantDenied':
      case 'ParticipantStoppedWaiting':
        if (event.data.userId === this.userId) this.wish = undefined;
        return;
      case 'ParticipantAdmitted':
        if (event.data.userId === this.userId && this.wish) this.begin(this.joinAdmitted());
        return;
    }
  }

  private over(): void {
    this.socket.close(1000, 'the meeting is over');
  }

  lose(): void {
    // 1012: it may come back at once, and is told what it missed.
    this.socket.close(1012, 'connect again');
  }

  /** The connection is closed: its device is gone. */
  async end(): Promise<void> {
    const { presence } = this.parts;
    const { meetingId, connectionId } = this.socket.session;
    const { participantId, userId } = this;
    this.participantId = undefined;
    presence.waitingGone(connectionId);
    if (participantId !== undefined)
      await presence.deviceGone({ meetingId, participantId, userId }, connectionId);
  }

  private async take(raw: RawMessage): Promise<void> {
    const allowance = await this.parts.limits.count('socket', this.userId);
    const verdict = this.flood.judge(allowance);
    if (verdict === 'ignore') return;
    if (verdict === 'close') return this.socket.close(1008, 'too many messages');
    let id: string | undefined;
    try {
      refuseExceeded(allowance);
      const frame = readFrame(raw);
      id = idOf(frame);
      const message = readMessage(frame, this.socket.session);
      const data = await this.carryOut(message).catch((error: unknown) => {
        throw inMessage(error);
      });
      if (message.type === 'ping') this.send('pong', data, id);
      else if (id !== undefined) this.send('ack', data, id);
    } catch (error) {
      this.refuse(error, id);
    }
  }

  private async carryOut({ type, data }: ClientMessage): Promise<object> {
    switch (type) {
      case 'join':
        return this.joinAsked({ type, data });
      case 'leave':
        return this.leave();
      case 'ping':
        return {};
      default:
        return this.parts.clientCommands.carryOut({ type, data }, this.socket.session);
    }
  }

  private async joinAsked(message: ClientMessage): Promise<object> {
    const { session } = this.socket;
    const { meetingId, connectionId } = session;
    return this.join(joinRequest(await joinData(message, session), meetingId, connectionId));
  }

  private async join(request: JoinRequest): Promise<object> {
    const { principal } = this.socket.session;
    const joined = await this.parts.commands.execute(new JoinMeeting(request, contextOf(principal)));
    if (!joined) return this.wait(request);
    await this.sit(joined.seat.participantId);
    return joinedView(joined);
  }

  private async wait(request: JoinRequest): Promise<object> {
    this.wish = request;
    const { waiting } = await this.parts.aggregates.state(Meeting, request.meetingId);
    // Answered before it was noted that this connection waits.
    if (!ownEntry(waiting, this.userId) && this.wish === request) {
      this.wish = undefined;
      return this.join(request);
    }
    if (!this.isOpen) this.parts.presence.waitingGone(request.connectionId ?? '');
    return { waiting: true };
  }

  /** A host admitted this user: the join that waited is carried out. */
  private async joinAdmitted(): Promise<void> {
    const { wish } = this;
    this.wish = undefined;
    try {
      if (wish) await this.join(wish);
    } catch (error) {
      this.refuse(error);
    }
  }

  private async leave(): Promise<object> {
    const { meetingId, principal } = this.socket.session;
    this.wish = undefined;
    const left = await this.parts.commands.execute(
      new LeaveMeeting(meetingId, this.userId, 'left', contextOf(principal)),
    );
    return leftView(meetingId, left);
  }

  private async sit(participantId: string): Promise<void> {
    this.participantId = participantId;
    this.wish = undefined;
    // The connection closed while it came in: nobody else would notice.
    if (!this.isOpen) await this.end();
  }

  private refuse(error: unknown, id?: string): void {
    const requestId = newRequestId();
    const known = knownRefusal(error);
    const { logger } = this.parts;
    if (!known) logger.error({ err: error, reqId: requestId }, 'a message to a meeting failed');
    this.send('error', meetingsError(known ?? internalRefusal, requestId), id);
  }

  /** What goes on beside the client's messages. */
  private begin(work: Promise<void>): void {
    work.catch((err: unknown) => {
      const { meetingId } = this.socket.session;
      this.parts.logger[failureLevel(err)]({ err, meeting: meetingId }, 'a meeting socket failed');
      this.lose();
    });
  }

  private send(type: string, data: object, id?: string): void {
    const { meetingId, userId } = this.socket.session;
    this.socket.send({
      type,
      ...(id !== undefined && { id }),
      meeting_id: meetingId,
      user_id: userId,
      data,
      timestamp: new Date().toISOString(),
    });
  }
}

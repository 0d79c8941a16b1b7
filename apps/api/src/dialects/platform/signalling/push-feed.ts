import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import {
  type AnyEvent,
  type ChatMessage,
  Meeting,
  mayModerate,
  ownEntry,
  STATUS_EVENT_TYPES,
} from '#libs/domain';
import type { RecordedEvent } from '#libs/event-log';
import { Aggregates } from '../../../platform/aggregates.js';
import { LogFollower } from '../../../platform/log-follower.js';
import { InjectReadModels, type ReadModels } from '../../../platform/read-models.js';
import { BreakoutPushes } from './breakout-pushes.js';
import { PermissionPushes } from './permission-pushes.js';
import { chatMessageView, openedProducerView, participantView } from './pushed-views.js';
import { type Audience, PushOutlet } from './push-outlet.js';
import { RoomWatch } from './room-watch.js';
import { forgetMeeting, meetingRoom, userRoom, waitingRoom } from './signalling-session.js';

const TYPES: readonly AnyEvent['type'][] = [
  'ParticipantJoined',
  'ParticipantSeated',
  'ParticipantLeft',
  'ParticipantRoleChanged',
  'ParticipantWaiting',
  'ParticipantAdmitted',
  'ParticipantDenied',
  'ParticipantStoppedWaiting',
  'HostChanged',
  'SecurityPolicyApplied',
  'BreakoutRoomsOpened',
  'BreakoutRoomAssigned',
  'BreakoutRoomLeft',
  'BreakoutRoomsCloseAnnounced',
  'BreakoutRoomsClosed',
  ...STATUS_EVENT_TYPES,
  'ReactionSent',
  'ProducerOpened',
  'ProducerClosed',
  'ChatMessageSent',
  'MediaPlaced',
  'MeetingRecordingStarted',
  'MeetingRecordingStopped',
  'MeetingEnded',
];

/** Pushes to signalling connections, made from the log: each event once, in order, to those who may know of it. */
@Injectable()
export class PushFeed implements OnApplicationBootstrap {
  constructor(
    private readonly follower: LogFollower,
    private readonly outlet: PushOutlet,
    private readonly watch: RoomWatch,
    private readonly breakouts: BreakoutPushes,
    private readonly permissions: PermissionPushes,
    private readonly aggregates: Aggregates,
    @InjectReadModels() private readonly readModels: ReadModels,
  ) {}

  onApplicationBootstrap(): void {
    this.follower.follow('signalling', { types: TYPES }, event =>
      this.push(event as RecordedEvent & AnyEvent),
    );
  }

  private async push(event: RecordedEvent & AnyEvent): Promise<void> {
    switch (event.type) {
      case 'ParticipantSeated':
        return this.pushParticipant('participant_joined', event.data.meetingId, event.data.participantId);
      case 'ParticipantRoleChanged': {
        const { meetingId, participantId, userId } = event.data;
        await this.pushParticipant('participant_updated', meetingId, participantId);
        return this.permissions.tell(meetingId, userId);
      }
      case 'HostChanged':
      case 'SecurityPolicyApplied':
        return this.permissions.tellMeeting(event.data.meetingId);
      case 'BreakoutRoomsOpened':
      case 'BreakoutRoomAssigned':
      case 'BreakoutRoomLeft':
      case 'BreakoutRoomsCloseAnnounced':
      case 'BreakoutRoomsClosed':
        return this.breakouts.push(event, event.position);
      case 'AudioMuted':
      case 'AudioUnmuted':
      case 'VideoTurnedOn':
      case 'VideoTurnedOff':
      case 'ScreenShareStarted':
      case 'ScreenShareStopped':
      case 'HandRaised':
      case 'HandLowered':
        return this.pushParticipant('participant_updated', event.data.meetingId, event.data.participantId);
      case 'ParticipantLeft': {
        const { meetingId, participantId, userId, reason } = event.data;
        this.toMeeting(meetingId, 'participant_left', {
          participant_id: participantId,
          user_id: userId,
          reason,
        });
        this.watch.take(event);
        // Whom the end of the meeting sends out is to hear of the end, too.
        if (reason !== 'meeting-ended') this.dismiss(meetingId, userId, participantId);
        return;
      }
      case 'ParticipantWaiting': {
        const { meetingId, userId, displayName } = event.data;
        return this.toModerators(meetingId, 'participant_waiting', {
          user_id: userId,
          display_name: displayName,
        });
      }
      case 'ParticipantStoppedWaiting': {
        const { meetingId, userId } = event.data;
        await this.waitNoMore(meetingId, userId);
        return this.toModerators(meetingId, 'participant_stopped_waiting', { user_id: userId });
      }
      case 'ParticipantAdmitted': {
        const { meetingId, userId } = event.data;
        await this.letIn(meetingId, userId);
        return this.toModerators(meetingId, 'participant_stopped_waiting', { user_id: userId });
      }
      case 'ParticipantDenied': {
        const { meetingId, userId } = event.data;
        this.emit({ rooms: [userRoom(meetingId, userId)] }, meetingId, 'join_denied', {
          meeting_id: meetingId,
        });
        return this.toModerators(meetingId, 'participant_stopped_waiting', { user_id: userId });
      }
      case 'ProducerOpened': {
        const { meetingId, participantId, producerId } = event.data;
        const audience = this.watch.around(meetingId, participantId);
        return this.emit(audience, meetingId, 'new_producer', openedProducerView(event.data), producerId);
      }
      case 'ProducerClosed': {
        const { meetingId, producerId, participantId } = event.data;
        // Also to those in other rooms: they may have been told of it before its participant went.
        return this.outlet.emit({ rooms: [meetingRoom(meetingId)] }, meetingId, {
          name: 'producer_closed',
          payload: { producer_id: producerId, participant_id: participantId },
          ends: producerId,
        });
      }
      case 'ReactionSent': {
        const { meetingId, participantId, by, reactionType, durationSeconds } = event.data;
        return this.emit(this.watch.around(meetingId, participantId), meetingId, 'reaction', {
          participant_id: participantId,
          user_id: by,
          reaction_type: reactionType,
          duration: durationSeconds,
        });
      }
      case 'ChatMessageSent': {
        const { meetingId, messageId } = event.data;
        const view = chatMessageView(event.data);
        for (const audience of this.readersOf(event.data)) {
          this.emit(audience, meetingId, 'chat_message_received', view, messageId);
        }
        return;
      }
      case 'MediaPlaced':
        if (event.data.replaces)
          this.toMeeting(event.data.meetingId, 'media_restarted', { meeting_id: event.data.meetingId });
        return;
      case 'MeetingRecordingStarted':
      case 'MeetingRecordingStopped': {
        const name = event.type === 'MeetingRecordingStarted' ? 'recording_started' : 'recording_stopped';
        return this.toMeeting(event.data.meetingId, name, { recording_id: event.data.recordingId });
      }
      case 'MeetingEnded': {
        const { meetingId, endedAt } = event.data;
        const rooms = [meetingRoom(meetingId), waitingRoom(meetingId)];
        this.watch.take(event);
        this.emit({ rooms }, meetingId, 'meeting_ended', { meeting_id: meetingId, ended_at: endedAt });
        for (const socket of this.outlet.socketsIn(rooms)) forgetMeeting(socket, meetingId);
        return;
      }
      default:
        return;
    }
  }

  private toMeeting(meetingId: string, name: string, payload: unknown): void {
    this.emit({ rooms: [meetingRoom(meetingId)] }, meetingId, name, payload);
  }

  private emit(audience: Audience, meetingId: string, name: string, payload: unknown, tells?: string): void {
    this.outlet.emit(audience, meetingId, { name, payload, ...(tells !== undefined && { tells }) });
  }

  /** The two of a private message, all in the meeting of a broadcast, else those in the room where it was said. */
  private readersOf(message: ChatMessage): Audience[] {
    const { meetingId, senderId, recipientId, breakoutRoomId } = message;
    const sender = userRoom(meetingId, senderId);
    if (recipientId !== undefined) return [{ rooms: [sender, userRoom(meetingId, recipientId)] }];
    if (message.isBroadcast) return [{ rooms: [meetingRoom(meetingId)] }];
    const there = this.watch.audience(meetingId, breakoutRoomId);
    const room = this.watch.rooms(meetingId)?.get(message.senderParticipantId)?.roomId;
    // Whoever was moved while writing is to see what they wrote.
    return room === breakoutRoomId ? [there] : [there, { rooms: [sender] }];
  }

  private async pushParticipant(name: string, meetingId: string, participantId: string): Promise<void> {
    const row = await this.readModels
      .selectFrom('participants')
      .selectAll()
      .where('participant_id', '=', participantId)
      .where('left_at', 'is', null)
      .executeTakeFirst();
    if (row) this.toMeeting(meetingId, name, participantView(row));
  }

  private async toModerators(meetingId: string, name: string, payload: unknown): Promise<void> {
    const { roster } = await this.aggregates.state(Meeting, meetingId);
    const rooms = Object.values(roster)
      .filter(seat => mayModerate(seat.role))
      .map(seat => userRoom(meetingId, seat.userId));
    this.emit({ rooms }, meetingId, name, payload);
  }

  /** Repeats the join of connections that waited. */
  private async letIn(meetingId: string, userId: string): Promise<void> {
    for (const socket of this.outlet.socketsIn([userRoom(meetingId, userId)])) {
      const join = socket.data.waiting.get(meetingId);
      socket.data.waiting.delete(meetingId);
      void socket.leave(waitingRoom(meetingId));
      await join?.();
    }
  }

  /** Whoever gave up waiting is not let in any more, on any device, unless they have asked anew meanwhile. */
  private async waitNoMore(meetingId: string, userId: string): Promise<void> {
    if (ownEntry((await this.aggregates.state(Meeting, meetingId)).waiting, userId)) return;
    for (const socket of this.outlet.socketsIn([userRoom(meetingId, userId)])) {
      if (socket.data.waiting.has(meetingId)) forgetMeeting(socket, meetingId);
    }
  }

  /** Whoever left, or was removed, hears no more of the meeting, on any device. */
  private dismiss(meetingId: string, userId: string, participantId: string): void {
    for (const socket of this.outlet.socketsIn([userRoom(meetingId, userId)])) {
      // A connection that has joined again meanwhile has another seat.
      if (socket.data.seats.get(meetingId) !== participantId) continue;
      forgetMeeting(socket, meetingId);
    }
  }
}

import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type AnyEvent, Meeting, mayModerate } from '#libs/domain';
import type { Namespace } from 'socket.io';
import { Aggregates } from '../../../platform/aggregates.js';
import { LogFollower } from '../../../platform/log-follower.js';
import { InjectReadModels, type ReadModels } from '../../../platform/read-models.js';
import { chatMessageView, openedProducerView, participantView } from './pushed-views.js';
import { meetingRoom, type SignallingSocket, userRoom, waitingRoom } from './signalling-session.js';

/** Nothing of the meeting reaches this connection any more. */
const forget = (socket: SignallingSocket, meetingId: string): void => {
  const { seats, waiting, principal } = socket.data;
  seats.delete(meetingId);
  waiting.delete(meetingId);
  for (const room of [
    meetingRoom(meetingId),
    waitingRoom(meetingId),
    userRoom(meetingId, principal.userId),
  ]) {
    void socket.leave(room);
  }
};

const TYPES: readonly AnyEvent['type'][] = [
  'ParticipantJoined',
  'ParticipantSeated',
  'ParticipantLeft',
  'ParticipantRoleChanged',
  'ParticipantWaiting',
  'ParticipantAdmitted',
  'ParticipantDenied',
  'AudioMuted',
  'AudioUnmuted',
  'VideoTurnedOn',
  'VideoTurnedOff',
  'ScreenShareStarted',
  'ScreenShareStopped',
  'HandRaised',
  'HandLowered',
  'ProducerOpened',
  'ProducerClosed',
  'ChatMessageSent',
  'MediaPlaced',
  'MeetingRecordingStarted',
  'MeetingRecordingStopped',
  'MeetingEnded',
];

/** How long after a join it is remembered what the join has shown. Pushes of that moment come within milliseconds. */
const REMEMBERED_MS = 10_000;

interface Held {
  readonly socket: SignallingSocket;
  readonly meetingId: string;
  /** Waiting for the join's answer; undefined once it was given. */
  pushes: Push[] | undefined;
  /** Ids of the messages and producers that the answer showed: a push of them would be the second word. */
  shown: ReadonlySet<string>;
}
interface Push {
  readonly name: string;
  readonly payload: unknown;
  /** Id of the message or producer that it tells of. */
  readonly tells?: string;
}

/** Pushes to signalling connections, made from the log: each event once, in order, to those who may know of it. */
@Injectable()
export class PushFeed implements OnApplicationBootstrap {
  private namespace?: Namespace;
  private readonly held = new Set<Held>();

  constructor(
    private readonly follower: LogFollower,
    private readonly aggregates: Aggregates,
    @InjectReadModels() private readonly readModels: ReadModels,
  ) {}

  serve(namespace: Namespace): void {
    this.namespace = namespace;
  }

  /**
   * Holds a meeting's pushes to a connection back until its join is answered, so that `meeting_joined` comes first and
   * nothing that happens meanwhile is missed or told twice. The function returned lets them go.
   */
  hold(socket: SignallingSocket, meetingId: string): (shown: readonly string[]) => void {
    const held: Held = { socket, meetingId, pushes: [], shown: new Set() };
    this.held.add(held);
    return shown => {
      held.shown = new Set(shown);
      for (const { name, payload, tells } of held.pushes ?? []) {
        if (tells === undefined || !held.shown.has(tells)) socket.emit(name, payload);
      }
      held.pushes = undefined;
      setTimeout(() => this.held.delete(held), REMEMBERED_MS).unref();
    };
  }

  onApplicationBootstrap(): void {
    this.follower.follow('signalling', { types: TYPES }, event => this.push(event as unknown as AnyEvent));
  }

  private async push(event: AnyEvent): Promise<void> {
    switch (event.type) {
      case 'ParticipantSeated':
        return this.pushParticipant('participant_joined', event.data.meetingId, event.data.participantId);
      case 'ParticipantRoleChanged':
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
      case 'ParticipantAdmitted':
        return this.letIn(event.data.meetingId, event.data.userId);
      case 'ParticipantDenied': {
        const { meetingId, userId } = event.data;
        this.emit([userRoom(meetingId, userId)], meetingId, 'join_denied', { meeting_id: meetingId });
        return;
      }
      case 'ProducerOpened':
        return this.toMeeting(
          event.data.meetingId,
          'new_producer',
          openedProducerView(event.data),
          event.data.producerId,
        );
      case 'ProducerClosed': {
        const { meetingId, producerId, participantId } = event.data;
        return this.toMeeting(meetingId, 'producer_closed', {
          producer_id: producerId,
          participant_id: participantId,
        });
      }
      case 'ChatMessageSent': {
        const { meetingId, senderId, recipientId } = event.data;
        const rooms = recipientId
          ? [userRoom(meetingId, senderId), userRoom(meetingId, recipientId)]
          : [meetingRoom(meetingId)];
        return this.emit(
          rooms,
          meetingId,
          'chat_message_received',
          chatMessageView(event.data),
          event.data.messageId,
        );
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
        this.emit(rooms, meetingId, 'meeting_ended', { meeting_id: meetingId, ended_at: endedAt });
        for (const socket of this.socketsIn(rooms)) forget(socket, meetingId);
        return;
      }
      default:
        return;
    }
  }

  private toMeeting(meetingId: string, name: string, payload: unknown, tells?: string): void {
    this.emit([meetingRoom(meetingId)], meetingId, name, payload, tells);
  }

  private emit(
    rooms: readonly string[],
    meetingId: string,
    name: string,
    payload: unknown,
    tells?: string,
  ): void {
    if (!this.namespace) return;
    const except: string[] = [];
    for (const held of this.held) {
      const { socket, pushes, shown } = held;
      if (held.meetingId !== meetingId || !rooms.some(room => socket.rooms.has(room))) continue;
      if (tells !== undefined && shown.has(tells)) except.push(socket.id);
      // One connection may be joining twice: whichever join is answered first lets the push go.
      else if (pushes && !except.includes(socket.id)) {
        pushes.push({ name, payload, tells });
        except.push(socket.id);
      }
    }
    this.namespace
      .to([...rooms])
      .except(except)
      .emit(name, payload);
  }

  private socketsIn(rooms: readonly string[]): SignallingSocket[] {
    const namespace = this.namespace;
    if (!namespace) return [];
    const ids = new Set(rooms.flatMap(room => [...(namespace.adapter.rooms.get(room) ?? [])]));
    return [...ids].flatMap(id => (namespace.sockets.get(id) as SignallingSocket | undefined) ?? []);
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
    if (rooms.length > 0) this.emit(rooms, meetingId, name, payload);
  }

  /** Repeats the join of connections that waited. */
  private async letIn(meetingId: string, userId: string): Promise<void> {
    for (const socket of this.socketsIn([userRoom(meetingId, userId)])) {
      const join = socket.data.waiting.get(meetingId);
      socket.data.waiting.delete(meetingId);
      void socket.leave(waitingRoom(meetingId));
      await join?.();
    }
  }

  /** Whoever left, or was removed, hears no more of the meeting, on any device. */
  private dismiss(meetingId: string, userId: string, participantId: string): void {
    for (const socket of this.socketsIn([userRoom(meetingId, userId)])) {
      // A connection that has joined again meanwhile has another seat.
      if (socket.data.seats.get(meetingId) !== participantId) continue;
      forget(socket, meetingId);
    }
  }
}

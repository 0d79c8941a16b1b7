import { UseInterceptors } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { DomainError } from '#libs/domain';
import type { Namespace } from 'socket.io';
import { Tokens } from '../../../auth/tokens.js';
import { SendMessage } from '../../../chat/send-message.js';
import { AnswerWaiting } from '../../../participants/answer-waiting.js';
import { findSeat } from '../../../participants/find-seat.js';
import { LeaveMeeting } from '../../../participants/leave-meeting.js';
import { Presence } from '../../../participants/presence.js';
import { SendReaction } from '../../../participants/send-reaction.js';
import { type StatusChange, UpdateStatus } from '../../../participants/update-status.js';
import { Aggregates } from '../../../platform/aggregates.js';
import { InjectLogger, type Logger } from '../../../platform/logger.js';
import { signallingSockets } from '../../../platform/metrics.js';
import { failureLevel } from '../../../platform/refusal.js';
import { contextOf } from '../../../platform/request-context.js';
import { StartRecording } from '../../../recordings/start-recording.js';
import { StopRecording } from '../../../recordings/stop-recording.js';
import { Acknowledge } from './acknowledge.js';
import { JoinOverSocket } from './join-over-socket.js';
import { guardMessages } from './message-gate.js';
import {
  AnswerMessage,
  AnswerWaitingMessage,
  ChatMessageMessage,
  IceCandidateMessage,
  InMeeting,
  JoinMeetingMessage,
  OfferMessage,
  RaiseHandMessage,
  ScreenShareMessage,
  SendReactionMessage,
  ToggleAudioMessage,
  ToggleVideoMessage,
  type ToParticipant,
} from './messages.js';
import { PushOutlet } from './push-outlet.js';
import { type SignallingSocket, userRoom } from './signalling-session.js';

/** The Socket.IO namespace `/signaling`: joining, states, chat, recording and relayed offers. docs/SIGNALLING.md describes it. */
@UseInterceptors(Acknowledge)
@WebSocketGateway({ namespace: 'signaling' })
export class SignallingGateway {
  private namespace!: Namespace;

  constructor(
    private readonly commands: CommandBus,
    private readonly tokens: Tokens,
    private readonly aggregates: Aggregates,
    private readonly presence: Presence,
    private readonly joining: JoinOverSocket,
    private readonly outlet: PushOutlet,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  afterInit(namespace: Namespace): void {
    this.namespace = namespace;
    this.outlet.serve(namespace);
    namespace.use((socket, next) => {
      try {
        const principal = this.tokens.verify((socket.handshake.auth as { token?: unknown }).token);
        Object.assign(socket.data as object, {
          principal,
          seats: new Map(),
          waiting: new Map(),
          permissions: new Map(),
        });
        guardMessages(socket as SignallingSocket);
        next();
      } catch (error) {
        next(error instanceof DomainError ? new Error(error.code) : (error as Error));
      }
    });
  }

  handleConnection(): void {
    signallingSockets.inc();
  }

  async handleDisconnect(socket: SignallingSocket): Promise<void> {
    signallingSockets.dec();
    const { principal, seats } = socket.data;
    this.presence.waitingGone(socket.id);
    for (const [meetingId, participantId] of seats) {
      try {
        await this.presence.deviceGone({ meetingId, participantId, userId: principal.userId }, socket.id);
      } catch (error) {
        this.logger[failureLevel(error)](
          { err: error, meeting: meetingId },
          'could not note that a device is gone',
        );
      }
    }
  }

  @SubscribeMessage('join_meeting')
  join(
    @ConnectedSocket() socket: SignallingSocket,
    @MessageBody() message: JoinMeetingMessage,
  ): Promise<object> {
    return this.joining.join(socket, message);
  }

  @SubscribeMessage('leave_meeting')
  async leave(
    @ConnectedSocket() socket: SignallingSocket,
    @MessageBody() { meeting_id }: InMeeting,
  ): Promise<void> {
    const context = contextOf(socket.data.principal);
    await this.commands.execute(new LeaveMeeting(meeting_id, context.by.userId, 'left', context));
  }

  @SubscribeMessage('toggle_audio')
  toggleAudio(
    @ConnectedSocket() socket: SignallingSocket,
    @MessageBody() message: ToggleAudioMessage,
  ): Promise<void> {
    return this.update(socket, message, { isMuted: message.is_muted }, message.participant_id);
  }

  @SubscribeMessage('toggle_video')
  toggleVideo(
    @ConnectedSocket() socket: SignallingSocket,
    @MessageBody() message: ToggleVideoMessage,
  ): Promise<void> {
    return this.update(socket, message, { isVideoOn: message.is_video_on });
  }

  @SubscribeMessage('start_screen_share')
  startScreen(
    @ConnectedSocket() socket: SignallingSocket,
    @MessageBody() message: ScreenShareMessage,
  ): Promise<void> {
    return this.update(socket, message, { isScreenSharing: true });
  }

  @SubscribeMessage('stop_screen_share')
  stopScreen(
    @ConnectedSocket() socket: SignallingSocket,
    @MessageBody() message: ScreenShareMessage,
  ): Promise<void> {
    return this.update(socket, message, { isScreenSharing: false });
  }

  @SubscribeMessage('raise_hand')
  raiseHand(
    @ConnectedSocket() socket: SignallingSocket,
    @MessageBody() message: RaiseHandMessage,
  ): Promise<void> {
    return this.update(socket, message, { isHandRaised: message.is_hand_raised });
  }

  @SubscribeMessage('send_reaction')
  async reaction(
    @ConnectedSocket() socket: SignallingSocket,
    @MessageBody() { meeting_id, reaction_type, duration }: SendReactionMessage,
  ): Promise<void> {
    await this.commands.execute(
      new SendReaction(meeting_id, reaction_type, contextOf(socket.data.principal), duration ?? undefined),
    );
  }

  @SubscribeMessage('send_chat_message')
  async chat(
    @ConnectedSocket() socket: SignallingSocket,
    @MessageBody() { meeting_id, message }: ChatMessageMessage,
  ): Promise<object> {
    const { content, reply_to, is_private, recipient_id } = message;
    if (is_private && !recipient_id) {
      throw new DomainError('VALIDATION_FAILED', {
        'message.recipient_id': 'is needed when is_private is true',
      });
    }
    const sent = await this.commands.execute(
      new SendMessage(
        meeting_id,
        {
          content,
          messageType: 'text',
          ...(recipient_id && { recipientId: recipient_id }),
          ...(reply_to && { replyTo: reply_to }),
        },
        contextOf(socket.data.principal),
      ),
    );
    return { message_id: sent.messageId };
  }

  @SubscribeMessage('start_recording')
  async startRecording(
    @ConnectedSocket() socket: SignallingSocket,
    @MessageBody() { meeting_id }: InMeeting,
  ): Promise<object> {
    const { recordingId } = await this.commands.execute(
      new StartRecording(meeting_id, contextOf(socket.data.principal)),
    );
    return { recording_id: recordingId };
  }

  @SubscribeMessage('stop_recording')
  async stopRecording(
    @ConnectedSocket() socket: SignallingSocket,
    @MessageBody() { meeting_id }: InMeeting,
  ): Promise<object> {
    return {
      recording_id: await this.commands.execute(
        new StopRecording(meeting_id, contextOf(socket.data.principal)),
      ),
    };
  }

  @SubscribeMessage('admit_participant')
  async admit(
    @ConnectedSocket() socket: SignallingSocket,
    @MessageBody() { meeting_id, user_id }: AnswerWaitingMessage,
  ): Promise<void> {
    await this.commands.execute(
      new AnswerWaiting(meeting_id, user_id, 'admit', contextOf(socket.data.principal)),
    );
  }

  @SubscribeMessage('deny_participant')
  async deny(
    @ConnectedSocket() socket: SignallingSocket,
    @MessageBody() { meeting_id, user_id }: AnswerWaitingMessage,
  ): Promise<void> {
    await this.commands.execute(
      new AnswerWaiting(meeting_id, user_id, 'deny', contextOf(socket.data.principal)),
    );
  }

  @SubscribeMessage('webrtc_offer')
  offer(@ConnectedSocket() socket: SignallingSocket, @MessageBody() message: OfferMessage): Promise<void> {
    return this.relay(socket, 'webrtc_offer', message, { offer: message.offer });
  }

  @SubscribeMessage('webrtc_answer')
  answer(@ConnectedSocket() socket: SignallingSocket, @MessageBody() message: AnswerMessage): Promise<void> {
    return this.relay(socket, 'webrtc_answer', message, { answer: message.answer });
  }

  @SubscribeMessage('ice_candidate')
  iceCandidate(
    @ConnectedSocket() socket: SignallingSocket,
    @MessageBody() message: IceCandidateMessage,
  ): Promise<void> {
    return this.relay(socket, 'ice_candidate', message, { candidate: message.candidate });
  }

  private async update(
    socket: SignallingSocket,
    { meeting_id }: InMeeting,
    change: StatusChange,
    participantId?: string,
  ): Promise<void> {
    await this.commands.execute(
      new UpdateStatus(meeting_id, change, contextOf(socket.data.principal), participantId),
    );
  }

  /** Passes a message between two participants of one room on, to all devices of the other; nothing of it is kept. */
  private async relay(
    socket: SignallingSocket,
    name: string,
    { meeting_id: meetingId, target_participant_id }: ToParticipant,
    body: object,
  ): Promise<void> {
    const { meeting, seat } = await findSeat(this.aggregates, meetingId, socket.data.principal.userId);
    const target = Object.values(meeting.roster).find(other => other.participantId === target_participant_id);
    // Media between two browsers do not pass the media worker, which keeps rooms apart.
    if (target?.breakoutRoomId !== seat.breakoutRoomId || !target)
      throw new DomainError('PARTICIPANT_NOT_FOUND', { target_participant_id });
    this.namespace
      .to(userRoom(meetingId, target.userId))
      .emit(name, { meeting_id: meetingId, from_participant_id: seat.participantId, ...body });
  }
}

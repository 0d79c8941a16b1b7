import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  Chat,
  type ChatFile,
  type ChatMessage,
  type MessageType,
  moderates,
  ownEntry,
  permissionsOf,
} from '#libs/domain';
import { findSeat } from '../participants/find-seat.js';
import { Aggregates } from '../platform/aggregates.js';
import { newId } from '../platform/new-id.js';
import type { RequestContext } from '../platform/request-context.js';
import { unlessSaid } from './unless-said.js';

export interface NewMessage {
  readonly content: string;
  readonly messageType: MessageType;
  readonly recipientId?: string;
  readonly replyTo?: string;
  readonly file?: ChatFile;
  /** To all breakout rooms and the main room; host and co-hosts. */
  readonly isBroadcast?: boolean;
}

export class SendMessage extends Command<ChatMessage> {
  constructor(
    readonly meetingId: string,
    readonly message: NewMessage,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@CommandHandler(SendMessage)
export class SendMessageHandler implements ICommandHandler<SendMessage> {
  constructor(private readonly aggregates: Aggregates) {}

  execute(command: SendMessage): Promise<ChatMessage> {
    return unlessSaid(this.aggregates, command.meetingId, command.context, () => this.send(command));
  }

  private async send({ meetingId, message, context }: SendMessage): Promise<ChatMessage> {
    const { meeting, seat } = await findSeat(this.aggregates, meetingId, context.by.userId);
    const { recipientId } = message;
    const { events } = await this.aggregates.run(
      Chat,
      meetingId,
      {
        type: 'SendMessage',
        ...message,
        meetingId,
        messageId: newId(`message in ${meetingId}`, context),
        senderParticipantId: seat.participantId,
        senderName: seat.displayName,
        mayWrite: permissionsOf(meeting, context.by.userId).chat,
        moderates: moderates(meeting, context.by),
        ...(seat.breakoutRoomId && { breakoutRoomId: seat.breakoutRoomId }),
        recipientInMeeting: recipientId !== undefined && ownEntry(meeting.roster, recipientId) !== undefined,
      },
      context,
    );
    return events[0]?.data as ChatMessage;
  }
}

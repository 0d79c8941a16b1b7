import { Body, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Context } from '../../auth/request-context-param.js';
import { ChatHistory } from '../../chat/chat-history.js';
import { SendMessage } from '../../chat/send-message.js';
import { MeetingPath } from '../../meetings/meeting-id.js';
import { LimitedBy } from '../../platform/rate-limits/limited-by.js';
import type { RequestContext } from '../../platform/request-context.js';
import { ChatBody, ChatHistoryQuery, fileOf } from './chat-body.js';
import { messageView } from './chat-view.js';
import { envelope } from './envelope.js';
import { MeetingsDialect } from './meetings-dialect.js';
import { MESSAGE } from './documented-data.js';
import { MeetingsAnswers } from './meetings-answers.js';

@MeetingsDialect('Chat', 'chat')
export class ChatController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post('chat')
  @HttpCode(200)
  @MeetingsAnswers(
    'Chat message sent successfully',
    MESSAGE,
    'CHAT_DISABLED',
    'NOT_IN_MEETING',
    'PARTICIPANT_NOT_FOUND',
    'MEETING_NOT_ACTIVE',
    'MEETING_ENDED',
  )
  @ApiOperation({ summary: 'Send a message to all in the meeting, or to one' })
  async send(
    @Param() { id }: MeetingPath,
    @Body() body: ChatBody,
    @Context() context: RequestContext,
  ): Promise<unknown> {
    const file = fileOf(body);
    const message = await this.commands.execute(
      new SendMessage(
        id,
        {
          content: body.content,
          messageType: body.message_type ?? 'text',
          ...(body.recipient_id && { recipientId: body.recipient_id }),
          ...(file && { file }),
        },
        context,
      ),
    );
    return envelope('Chat message sent successfully', messageView(message));
  }

  @Get('chat')
  @LimitedBy('participants')
  @MeetingsAnswers('Chat history retrieved successfully', [MESSAGE], 'INSUFFICIENT_PERMISSION')
  @ApiOperation({ summary: 'The newest messages that one may read, in the order they were sent' })
  async history(
    @Param() { id }: MeetingPath,
    @Query() { limit, offset }: ChatHistoryQuery,
    @Context() context: RequestContext,
  ): Promise<unknown> {
    const messages = await this.queries.execute(new ChatHistory(id, limit, offset, context.by));
    return envelope('Chat history retrieved successfully', messages.map(messageView));
  }
}

import { type IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import type { ChatFile, ChatMessage, Principal } from '#libs/domain';
import type { Database } from '#libs/read-models';
import type { Selectable } from 'kysely';
import { GetMeeting, requireMember } from '../meetings/get-meeting.js';
import { InjectReadModels, type ReadModels } from '../platform/read-models.js';

/**
 * A page of the messages that the principal may read, counted from the newest, in the order they were sent: those to all, the
 * principal's private ones, and those of breakout rooms in which the principal was at some time.
 */
export class ChatHistory extends Query<ChatMessage[]> {
  constructor(
    readonly meetingId: string,
    readonly limit: number,
    readonly offset: number,
    readonly principal: Principal,
  ) {
    super();
  }
}

const messageOf = (row: Selectable<Database['chat_messages']>): ChatMessage => ({
  messageId: row.message_id,
  meetingId: row.meeting_id,
  senderId: row.sender_id,
  senderParticipantId: row.sender_participant_id,
  senderName: row.sender_name,
  content: row.content,
  messageType: row.message_type,
  ...(row.recipient_id !== null && { recipientId: row.recipient_id }),
  ...(row.reply_to !== null && { replyTo: row.reply_to }),
  ...(row.breakout_room_id !== null && { breakoutRoomId: row.breakout_room_id }),
  ...(row.is_broadcast === 1 && { isBroadcast: true }),
  ...(row.file !== null && { file: JSON.parse(row.file) as ChatFile }),
  sentAt: row.sent_at,
});

@QueryHandler(ChatHistory)
export class ChatHistoryHandler implements IQueryHandler<ChatHistory> {
  constructor(
    private readonly queries: QueryBus,
    @InjectReadModels() private readonly readModels: ReadModels,
  ) {}

  async execute({ meetingId, limit, offset, principal }: ChatHistory): Promise<ChatMessage[]> {
    requireMember(await this.queries.execute(new GetMeeting(meetingId)), principal);
    const rows = await this.readModels
      .selectFrom('chat_messages')
      .selectAll()
      .where('meeting_id', '=', meetingId)
      // The domain's mayRead() as SQL: private messages are for the two alone, administrators included.
      .where(eb =>
        eb.or([
          eb('recipient_id', 'is', null),
          eb('recipient_id', '=', principal.userId),
          eb('sender_id', '=', principal.userId),
        ]),
      )
      .where(eb =>
        eb.or([
          eb('breakout_room_id', 'is', null),
          eb('sender_id', '=', principal.userId),
          eb(
            'breakout_room_id',
            'in',
            eb
              .selectFrom('breakout_visits')
              .select('room_id')
              .where('breakout_visits.meeting_id', '=', meetingId)
              .where('breakout_visits.user_id', '=', principal.userId),
          ),
        ]),
      )
      .orderBy('position', 'desc')
      .limit(limit)
      .offset(offset)
      .execute();
    return rows.reverse().map(messageOf);
  }
}

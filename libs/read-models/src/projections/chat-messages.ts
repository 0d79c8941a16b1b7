import { sql } from 'kysely';
import { ERASED } from '#libs/domain';
import { projectionOf } from '../projection.js';

export const chatMessages = projectionOf(
  {
    name: 'chat_messages',
    version: 3,
    up: async db => {
      await db.schema
        .createTable('chat_messages')
        .addColumn('position', 'integer', column => column.primaryKey())
        .addColumn('message_id', 'text', column => column.notNull())
        .addColumn('meeting_id', 'text', column => column.notNull())
        .addColumn('sender_id', 'text', column => column.notNull())
        .addColumn('sender_participant_id', 'text', column => column.notNull())
        .addColumn('sender_name', 'text', column => column.notNull())
        .addColumn('content', 'text', column => column.notNull())
        .addColumn('message_type', 'text', column => column.notNull())
        .addColumn('recipient_id', 'text')
        .addColumn('reply_to', 'text')
        .addColumn('file', 'text')
        .addColumn('breakout_room_id', 'text')
        .addColumn('is_broadcast', 'integer', column => column.notNull())
        .addColumn('sent_at', 'text', column => column.notNull())
        .execute();
      await db.schema
        .createIndex('chat_messages_by_meeting')
        .on('chat_messages')
        .columns(['meeting_id', 'position'])
        .execute();
      await db.schema
        .createIndex('chat_messages_by_sender')
        .on('chat_messages')
        .column('sender_id')
        .execute();
      await db.schema.createIndex('chat_messages_by_id').on('chat_messages').column('message_id').execute();
    },
    down: async db => {
      await db.schema.dropTable('chat_messages').ifExists().execute();
    },
  },
  {
    ChatMessageSent: (tx, data, { position }) =>
      tx
        .insertInto('chat_messages')
        .values({
          position,
          message_id: data.messageId,
          meeting_id: data.meetingId,
          sender_id: data.senderId,
          sender_participant_id: data.senderParticipantId,
          sender_name: data.senderName,
          content: data.content,
          message_type: data.messageType,
          recipient_id: data.recipientId ?? null,
          reply_to: data.replyTo ?? null,
          file: data.file ? JSON.stringify(data.file) : null,
          breakout_room_id: data.breakoutRoomId ?? null,
          is_broadcast: Number(data.isBroadcast ?? false),
          sent_at: data.sentAt,
        })
        .execute(),
    UserErased: (tx, { userId }) =>
      tx
        .updateTable('chat_messages')
        .set({
          sender_name: ERASED,
          content: ERASED,
          // Null stays null.
          file: sql<string | null>`json_replace(file, '$.url', ${ERASED}, '$.name', ${ERASED})`,
        })
        .where('sender_id', '=', userId)
        .execute(),
  },
);

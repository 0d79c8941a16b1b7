import type { ChatMessage } from '#libs/domain';

/** A message as the document shows it, with the fields that Parley adds where they say something. */
export const messageView = (message: ChatMessage): Record<string, unknown> => ({
  message_id: message.messageId,
  sender_id: message.senderId,
  sender_name: message.senderName,
  content: message.content,
  message_type: message.messageType,
  is_private: message.recipientId !== undefined,
  ...(message.recipientId && { recipient_id: message.recipientId }),
  ...(message.breakoutRoomId && { breakout_room_id: message.breakoutRoomId }),
  ...(message.isBroadcast && { is_broadcast: true }),
  ...(message.file && {
    file_url: message.file.url,
    file_name: message.file.name,
    file_type: message.file.type ?? null,
    file_size: message.file.size ?? null,
  }),
  timestamp: message.sentAt,
});

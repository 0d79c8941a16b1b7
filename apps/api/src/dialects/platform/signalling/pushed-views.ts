import type { ChatMessage, ProducerOpened } from '#libs/domain';
import type { ParticipantRow } from '../../../participants/list-participants.js';
import { platformRole } from '../meeting-view.js';

/** A participant as signalling shows it. */
export const participantView = (row: ParticipantRow): Record<string, unknown> => ({
  participant_id: row.participant_id,
  user_id: row.user_id,
  display_name: row.display_name,
  role: platformRole(row.role),
  is_muted: Boolean(row.is_muted),
  is_video_on: Boolean(row.is_video_on),
  is_screen_sharing: Boolean(row.is_screen_sharing),
  is_hand_raised: Boolean(row.is_hand_raised),
});

export const openedProducerView = (opened: ProducerOpened['data']): Record<string, unknown> => ({
  producer_id: opened.producerId,
  participant_id: opened.participantId,
  kind: opened.kind,
  source: opened.source,
});

/** The same from the read model. */
export const producerView = (producer: {
  producer_id: string;
  participant_id: string;
  kind: string;
  source: string;
}): Record<string, unknown> => ({
  producer_id: producer.producer_id,
  participant_id: producer.participant_id,
  kind: producer.kind,
  source: producer.source,
});

export const chatMessageView = (message: ChatMessage): Record<string, unknown> => ({
  message_id: message.messageId,
  sender_id: message.senderId,
  sender_name: message.senderName,
  content: message.content,
  timestamp: message.sentAt,
  type: message.messageType,
  is_private: message.recipientId !== undefined,
  ...(message.recipientId && { recipient_id: message.recipientId }),
  ...(message.replyTo && { reply_to: message.replyTo }),
  ...(message.file && { file: message.file }),
});

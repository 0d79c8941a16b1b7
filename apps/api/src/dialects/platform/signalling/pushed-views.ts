import type { Breakout, ChatMessage, Permissions, ProducerOpened } from '#libs/domain';
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
  breakout_room_id: row.breakout_room_id,
});

/** The breakout rooms that are open. */
export const breakoutView = (
  breakout: Pick<Breakout, 'rooms' | 'participantsMayChoose' | 'participantsMayReturn' | 'closesAt'>,
): Record<string, unknown> => ({
  rooms: breakout.rooms.map(({ roomId, name, description, capacity }) => ({
    room_id: roomId,
    name,
    description: description ?? null,
    capacity: capacity ?? null,
  })),
  participants_may_choose: breakout.participantsMayChoose,
  participants_may_return: breakout.participantsMayReturn,
  closes_at: breakout.closesAt ?? null,
});

/** What a user may do, apart from running the meeting. */
export const permissionsView = (may: Permissions): Record<string, boolean> => ({
  microphone: may.microphone,
  camera: may.camera,
  screen_share: may.screenShare,
  chat: may.chat,
  record: may.record,
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
  ...(message.breakoutRoomId && { breakout_room_id: message.breakoutRoomId }),
  ...(message.isBroadcast && { is_broadcast: true }),
  ...(message.replyTo && { reply_to: message.replyTo }),
  ...(message.file && { file: message.file }),
});

import type { ChatMessage } from '../session/protocol.js';

/** How many messages of others stand after the last one that was seen; all of them where that one is not known. */
export const unreadCount = (
  messages: readonly ChatMessage[],
  lastSeen: string | undefined,
  ownUserId: string | undefined,
): number => {
  const from = messages.findLastIndex(({ message_id }) => message_id === lastSeen) + 1;
  return messages.slice(from).filter(({ sender_id }) => sender_id !== ownUserId).length;
};

import { Chat, type ChatMessage, DomainError } from '#libs/domain';
import type { Aggregates } from '../platform/aggregates.js';
import type { RequestContext } from '../platform/request-context.js';

/**
 * Sends a message. Where that is refused, a repeat of a request that was done is answered as it was then: its sender may have
 * left, or the rooms been closed, since.
 */
export const unlessSaid = async (
  aggregates: Aggregates,
  meetingId: string,
  context: RequestContext,
  send: () => Promise<ChatMessage>,
): Promise<ChatMessage> => {
  try {
    return await send();
  } catch (refusal) {
    if (!(refusal instanceof DomainError) || refusal.status >= 500) throw refusal;
    const [said] = await aggregates.earlier(Chat, meetingId, 'SendMessage', context);
    if (!said) throw refusal;
    return said.data as ChatMessage;
  }
};

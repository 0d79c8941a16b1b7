import type { AnyEvent } from '../any-event.js';
import { type ChatMessage, mayRead } from '../chat/chat.js';
import { publicEvent } from './public-event.js';

/**
 * The event as a user who may replay is shown it, by whichever way: without what is secret; undefined for a
 * private message between others, which hosts, analysts and administrators do not read either.
 */
export const shownEvent = <E extends { readonly type: string; readonly data: unknown }>(
  event: E,
  userId: string,
): E | undefined => {
  if (event.type === 'ChatMessageSent') {
    return mayRead(event.data as ChatMessage, userId) ? event : undefined;
  }
  return publicEvent(event as unknown as AnyEvent) as unknown as E;
};

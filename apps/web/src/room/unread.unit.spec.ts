import { expect, it } from '@jest/globals';
import type { ChatMessage } from '../session/protocol.js';
import { unreadCount } from './unread.js';

const message = (message_id: string, sender_id: string) => ({ message_id, sender_id }) as ChatMessage;
const messages = [message('1', 'bob'), message('2', 'me'), message('3', 'bob'), message('4', 'cy')];

it.each([
  ['1', 2],
  ['3', 1],
  ['4', 0],
  [undefined, 3],
  ['gone', 3],
])('after %p was seen, %i messages of others are unread', (seen, count) =>
  expect(unreadCount(messages, seen, 'me')).toBe(count),
);

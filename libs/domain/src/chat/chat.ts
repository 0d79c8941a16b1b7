import type { Aggregate, DomainEvent } from '../aggregate.js';
import { DomainError } from '../domain-error.js';
import type { Issued } from '../principal.js';

export const MESSAGE_TYPES = ['text', 'file'] as const;
export type MessageType = (typeof MESSAGE_TYPES)[number];
/** Characters in one message. */
export const MAX_MESSAGE_LENGTH = 10_000;

export interface ChatFile {
  readonly url: string;
  readonly name: string;
  readonly type?: string;
  /** Bytes. */
  readonly size?: number;
}

export interface ChatMessage {
  readonly messageId: string;
  readonly meetingId: string;
  readonly senderId: string;
  readonly senderParticipantId: string;
  readonly senderName: string;
  readonly content: string;
  readonly messageType: MessageType;
  /** User id of the only other reader; absent for a message to all. */
  readonly recipientId?: string;
  readonly replyTo?: string;
  readonly file?: ChatFile;
  readonly sentAt: string;
}

export type ChatMessageSent = DomainEvent<'ChatMessageSent', ChatMessage>;
export type ChatEvent = ChatMessageSent;

/** Facts about the meeting come from the caller, who has the meeting's state at hand. */
export interface SendMessage extends Issued {
  readonly type: 'SendMessage';
  readonly meetingId: string;
  readonly messageId: string;
  readonly chatEnabled: boolean;
  readonly senderParticipantId: string;
  readonly senderName: string;
  readonly content: string;
  readonly messageType: MessageType;
  readonly recipientId?: string;
  readonly recipientInMeeting?: boolean;
  readonly replyTo?: string;
  readonly file?: ChatFile;
}
export type ChatCommand = SendMessage;

export interface ChatState {
  readonly messages: number;
}

/** The chat of one meeting; its id is the meeting's. */
export const Chat: Aggregate<ChatState, ChatCommand, ChatEvent> = {
  name: 'chat',
  initial: { messages: 0 },
  decide: (_state, command) => {
    const { type: _type, by, at, chatEnabled, recipientInMeeting, ...message } = command;
    if (!chatEnabled) throw new DomainError('CHAT_DISABLED');
    if (message.recipientId !== undefined && !recipientInMeeting) {
      throw new DomainError('PARTICIPANT_NOT_FOUND', { recipient_id: message.recipientId });
    }
    if (message.content.trim() === '' && !message.file) {
      throw new DomainError('VALIDATION_FAILED', { content: 'must not be empty' });
    }
    if (message.content.length > MAX_MESSAGE_LENGTH) {
      throw new DomainError('VALIDATION_FAILED', {
        content: `must be at most ${MAX_MESSAGE_LENGTH} characters`,
      });
    }
    return [{ type: 'ChatMessageSent', data: { ...message, senderId: by.userId, sentAt: at } }];
  },
  evolve: (state, event) => (event.type === 'ChatMessageSent' ? { messages: state.messages + 1 } : state),
};

/** Whether a user may read a message: all may read public ones, private ones only the two. */
export const mayRead = (message: Pick<ChatMessage, 'senderId' | 'recipientId'>, userId: string): boolean =>
  message.recipientId === undefined || message.recipientId === userId || message.senderId === userId;

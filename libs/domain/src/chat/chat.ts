import type { Aggregate, DomainEvent } from '../aggregate.js';
import { DomainError } from '../domain-error.js';
import type { Integer, IsoTime } from '../field-types.js';
import type { Issued } from '../principal.js';

export const MESSAGE_TYPES = ['text', 'file'] as const;
export type MessageType = (typeof MESSAGE_TYPES)[number];
/** Characters in one message. */
export const MAX_MESSAGE_LENGTH = 10_000;

export interface ChatFile {
  /** Where the file lies. */
  readonly url: string;
  /** What the file is called. */
  readonly name: string;
  /** Media type, such as `application/pdf`. */
  readonly type?: string;
  /** Bytes. */
  readonly size?: Integer;
}

export interface ChatMessage {
  /** Id of the message. */
  readonly messageId: string;
  /** Id of the meeting. */
  readonly meetingId: string;
  /** User id of the sender. */
  readonly senderId: string;
  /** Id of the sender's seat. */
  readonly senderParticipantId: string;
  /** The sender's name in the meeting then. */
  readonly senderName: string;
  /** The text; may be empty where a file is sent. */
  readonly content: string;
  /** Whether it is a text or a file. */
  readonly messageType: MessageType;
  /** User id of the only other reader; absent for a message to all. */
  readonly recipientId?: string;
  /** Id of the message that it answers. */
  readonly replyTo?: string;
  /** The file that is sent with it. */
  readonly file?: ChatFile;
  /** The breakout room in which it was sent: it is for those who are there. Absent: the main room, or private. */
  readonly breakoutRoomId?: string;
  /** Whether it is a host's or co-host's word to all rooms. */
  readonly isBroadcast?: boolean;
  /** When it was sent. */
  readonly sentAt: IsoTime;
}

/**
 * A participant wrote to all in the room, or privately to one other; or a host or co-host to all rooms. Only those two are shown a private message, in replay too.
 * @by the sender
 */
export type ChatMessageSent = DomainEvent<'ChatMessageSent', ChatMessage>;
/**
 * What was written in one meeting.
 * @stream chat-<meetingId>
 */
export type ChatEvent = ChatMessageSent;

/** Facts about the meeting come from the caller, who has the meeting's state at hand. */
export interface SendMessage extends Issued {
  readonly type: 'SendMessage';
  readonly meetingId: string;
  readonly messageId: string;
  /** Whether the sender may write in the meeting. */
  readonly mayWrite: boolean;
  /** Whether the sender runs the meeting. */
  readonly moderates: boolean;
  readonly senderParticipantId: string;
  readonly senderName: string;
  readonly content: string;
  readonly messageType: MessageType;
  readonly recipientId?: string;
  readonly recipientInMeeting?: boolean;
  readonly replyTo?: string;
  readonly file?: ChatFile;
  /** The breakout room that the sender is in. */
  readonly breakoutRoomId?: string;
  /** To all rooms, whatever the settings say of the chat. */
  readonly isBroadcast?: boolean;
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
    const {
      type: _type,
      by,
      at,
      mayWrite,
      moderates,
      recipientInMeeting,
      breakoutRoomId,
      isBroadcast = false,
      ...message
    } = command;
    const { recipientId } = message;
    if (isBroadcast && !moderates) throw new DomainError('INSUFFICIENT_PERMISSION');
    if (!isBroadcast && !mayWrite) throw new DomainError('CHAT_DISABLED');
    if (isBroadcast && recipientId !== undefined) {
      throw new DomainError('VALIDATION_FAILED', {
        recipient_id: 'must be absent in a message to all rooms',
      });
    }
    if (recipientId !== undefined && !recipientInMeeting) {
      throw new DomainError('PARTICIPANT_NOT_FOUND', { recipient_id: recipientId });
    }
    if (message.content.trim() === '' && !message.file) {
      throw new DomainError('VALIDATION_FAILED', { content: 'must not be empty' });
    }
    if (message.content.length > MAX_MESSAGE_LENGTH) {
      throw new DomainError('VALIDATION_FAILED', {
        content: `must be at most ${MAX_MESSAGE_LENGTH} characters`,
      });
    }
    const inRoom = !isBroadcast && recipientId === undefined && breakoutRoomId !== undefined;
    const place = isBroadcast ? { isBroadcast } : inRoom && { breakoutRoomId };
    return [{ type: 'ChatMessageSent', data: { ...message, ...place, senderId: by.userId, sentAt: at } }];
  },
  evolve: (state, event) => (event.type === 'ChatMessageSent' ? { messages: state.messages + 1 } : state),
};

/** Whether a user may read a message: all may read public ones, private ones only the two. */
export const mayRead = (message: Pick<ChatMessage, 'senderId' | 'recipientId'>, userId: string): boolean =>
  message.recipientId === undefined || message.recipientId === userId || message.senderId === userId;

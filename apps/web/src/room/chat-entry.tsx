import type { ChatMessage } from '../session/protocol.js';
import { linkify } from './linkify.js';

interface Props {
  readonly message: ChatMessage;
  readonly previous: ChatMessage | undefined;
  readonly isOwn: boolean;
}

/** Milliseconds within which a person's next message needs no new heading. */
const SAME_BREATH_MS = 3 * 60_000;
const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });

const continues = (message: ChatMessage, previous: ChatMessage | undefined): boolean =>
  previous?.sender_id === message.sender_id &&
  previous.is_private === message.is_private &&
  new Date(message.timestamp).getTime() - new Date(previous.timestamp).getTime() < SAME_BREATH_MS;

export const ChatEntry = ({ message, previous, isOwn }: Props) => {
  const { sender_name, content, timestamp, is_private } = message;
  return (
    <li className="chat-entry" data-own={isOwn} data-testid="chat-message">
      {continues(message, previous) ? null : (
        <p className="chat-heading">
          <strong>{isOwn ? 'You' : sender_name}</strong>
          {is_private ? <em>privately</em> : null}
          <time dateTime={new Date(timestamp).toISOString()}>{clock.format(new Date(timestamp))}</time>
        </p>
      )}
      <p className="chat-text">
        {linkify(content).map((part, index) =>
          part.href ? (
            <a key={index} href={part.href} target="_blank" rel="noreferrer noopener">
              {part.text}
            </a>
          ) : (
            part.text
          ),
        )}
      </p>
    </li>
  );
};

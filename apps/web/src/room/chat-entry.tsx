import type { ChatMessage } from '../session/protocol.js';
import { linkify } from './linkify.js';

interface Props {
  readonly message: ChatMessage;
  readonly previous: ChatMessage | undefined;
  readonly isOwn: boolean;
  /** Where it was said, where that needs saying. */
  readonly place: string | undefined;
}

/** Milliseconds within which a person's next message needs no new heading. */
const SAME_BREATH_MS = 3 * 60_000;
const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });

const continues = (message: ChatMessage, previous: ChatMessage | undefined): boolean =>
  previous?.sender_id === message.sender_id &&
  previous.is_private === message.is_private &&
  previous.is_broadcast === message.is_broadcast &&
  previous.breakout_room_id === message.breakout_room_id &&
  new Date(message.timestamp).getTime() - new Date(previous.timestamp).getTime() < SAME_BREATH_MS;

export const ChatEntry = ({ message, previous, isOwn, place }: Props) => {
  const { sender_name, content, timestamp, is_private } = message;
  return (
    <li className="chat-entry" data-own={isOwn} data-testid="chat-message">
      {continues(message, previous) ? null : (
        <p className="chat-heading">
          <strong>{isOwn ? 'You' : sender_name}</strong>
          {place === undefined ? null : <em data-testid="chat-place">{place}</em>}
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

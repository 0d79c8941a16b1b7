import { useLayoutEffect, useRef } from 'react';
import type { ChatMessage, MeetingMoment } from '#libs/domain';
import type { PanelProps } from './panel-props.js';
import { clockText } from './time-text.js';

/** As many of the last messages as anybody reads in a panel; the list of events has all. */
const SHOWN = 100;

/** Where it was said, where that needs saying; rooms have names as long as they are open. */
const place = ({ isBroadcast, breakoutRoomId }: ChatMessage, { breakout }: MeetingMoment['meeting']) => {
  if (isBroadcast) return <em>to all rooms</em>;
  if (breakoutRoomId === undefined) return null;
  const room = breakout?.rooms.find(({ roomId }) => roomId === breakoutRoomId);
  return <em>in {room?.name ?? 'a breakout room'}</em>;
};

export const ChatPanel = ({ moment: { chat, meeting }, changes, names }: PanelProps) => {
  const list = useRef<HTMLUListElement>(null);
  useLayoutEffect(() => {
    const element = list.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, [chat.count]);
  if (chat.count === 0) return <p className="replay-empty">Nothing was written yet.</p>;
  const firstNew = chat.count - changes.messages;
  const shown = chat.messages.slice(-SHOWN);
  return (
    <ul className="replay-chat" ref={list} tabIndex={0} aria-label="Messages">
      {shown.map((message, at) => (
        <li
          key={message.messageId}
          className="chat-entry"
          data-testid="replay-message"
          data-new={chat.count - shown.length + at >= firstNew}
        >
          <p className="chat-heading">
            <strong>{message.senderName}</strong>
            {place(message, meeting)}
            {message.recipientId === undefined ? null : (
              <em>privately to {names.user(message.recipientId)}</em>
            )}
            <time dateTime={message.sentAt}>{clockText(Date.parse(message.sentAt))}</time>
          </p>
          {message.content ? <p className="chat-text">{message.content}</p> : null}
          {message.file ? <p className="chat-text">File: {message.file.name}</p> : null}
        </li>
      ))}
    </ul>
  );
};

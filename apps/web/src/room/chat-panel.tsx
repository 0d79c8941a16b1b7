import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { ownRoom } from '../session/breakout-rooms.js';
import type { MeetingSession } from '../session/meeting-session.js';
import { selfOf } from '../session/meeting-state.js';
import { IconButton } from '../ui/icon-button.js';
import { useMediaQuery } from '../ui/use-media-query.js';
import { useStore } from '../ui/use-store.js';
import { blockedReason } from './blocked-reason.js';
import { ChatEntry } from './chat-entry.js';
import { placeOf } from './place-of.js';

const MAX_LENGTH = 10_000;

export const ChatPanel = ({ session }: { readonly session: MeetingSession }) => {
  const meeting = useStore(session.meeting);
  const { messages } = meeting;
  const room = ownRoom(meeting);
  const blocked = blockedReason(meeting, 'chat');
  const audience = room ? `everybody in “${room.name}”` : meeting.breakout ? 'the main room' : 'everybody';
  const [draft, setDraft] = useState('');
  const [sending, setSending] = useState(false);
  const list = useRef<HTMLOListElement>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const touch = useMediaQuery('(pointer: coarse)');
  const ownUserId = selfOf(meeting)?.user_id;

  useEffect(() => {
    // On a phone the keyboard would cover the messages that one came to read.
    if (!touch) input.current?.focus();
  }, [touch]);

  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [messages.length]);

  const send = async () => {
    const content = draft.trim();
    if (!content || sending) return;
    setSending(true);
    if (await session.attempt(session.ask('send_chat_message', { message: { type: 'text', content } })))
      setDraft('');
    setSending(false);
    input.current?.focus();
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };
  const typed = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  };

  return (
    <div className="chat">
      {messages.length === 0 ? (
        <p className="panel-empty">
          Nothing has been said here yet. What you write,{' '}
          {meeting.breakout ? 'everybody in this room reads' : 'everybody in the meeting reads'}.
        </p>
      ) : null}
      <ol ref={list} className="chat-list" role="log" aria-label="Messages" tabIndex={0}>
        {messages.map((message, index) => (
          <ChatEntry
            key={message.message_id}
            message={message}
            previous={messages[index - 1]}
            isOwn={message.sender_id === ownUserId}
            place={placeOf(meeting, message)}
          />
        ))}
      </ol>
      {blocked === undefined ? (
        <form className="chat-form" onSubmit={submit}>
          <textarea
            ref={input}
            data-testid="chat-input"
            aria-label={`Message to ${audience}`}
            placeholder={room ? `Write to “${room.name}”…` : `Write to ${audience}…`}
            rows={1}
            maxLength={MAX_LENGTH}
            value={draft}
            onChange={event => setDraft(event.target.value)}
            onKeyDown={typed}
          />
          <IconButton
            icon="send"
            type="submit"
            label="Send"
            tone="on"
            data-testid="chat-send"
            disabled={draft.trim() === '' || sending}
          />
        </form>
      ) : (
        <p className="panel-empty" data-testid="chat-blocked">
          {blocked}
        </p>
      )}
    </div>
  );
};

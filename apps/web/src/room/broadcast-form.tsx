import { useState, type FormEvent } from 'react';
import type { MeetingSession } from '../session/meeting-session.js';
import { IconButton } from '../ui/icon-button.js';

const MAX_LENGTH = 10_000;

/** A moderator's word to all rooms. */
export const BroadcastForm = ({ session }: { readonly session: MeetingSession }) => {
  const [draft, setDraft] = useState('');
  const [sending, setSending] = useState(false);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const content = draft.trim();
    if (!content || sending) return;
    setSending(true);
    if (await session.attempt(session.api.broadcast(content))) {
      setDraft('');
      session.notify('Sent to all rooms');
    }
    setSending(false);
  };
  return (
    <form className="broadcast" onSubmit={event => void send(event)}>
      <input
        aria-label="Message to all rooms"
        placeholder="Tell all rooms…"
        data-testid="broadcast-input"
        maxLength={MAX_LENGTH}
        value={draft}
        onChange={event => setDraft(event.target.value)}
      />
      <IconButton
        icon="megaphone"
        type="submit"
        label="Send to all rooms"
        tone="on"
        data-testid="broadcast-send"
        disabled={draft.trim() === '' || sending}
      />
    </form>
  );
};

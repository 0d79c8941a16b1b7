import { useState } from 'react';
import type { MeetingSession } from '../session/meeting-session.js';
import type { WaitingUser } from '../session/protocol.js';
import { Avatar } from '../ui/avatar.js';

interface Props {
  readonly session: MeetingSession;
  readonly waiting: readonly WaitingUser[];
}

/** Those who knock, and the two answers to it. */
export const WaitingList = ({ session, waiting }: Props) => {
  const [asked, setAsked] = useState<ReadonlySet<string>>(new Set());
  const answer = async (userId: string, admit: boolean) => {
    setAsked(before => new Set(before).add(userId));
    const name = admit ? 'admit_participant' : 'deny_participant';
    await session.attempt(session.ask(name, { user_id: userId }));
    // Answered, or no longer there: either way the question is settled.
    session.stopWaitingFor(userId);
    setAsked(before => new Set([...before].filter(id => id !== userId)));
  };
  return (
    <ul className="waiting-list" aria-live="polite" aria-label="Waiting to be let in">
      {waiting.map(({ user_id, display_name }) => (
        <li key={user_id} className="person" data-testid="waiting-user">
          <Avatar name={display_name} seed={user_id} />
          <span className="person-name">{display_name}</span>
          <button
            type="button"
            className="button button-small"
            data-testid="deny-button"
            disabled={asked.has(user_id)}
            aria-label={`Deny ${display_name}`}
            onClick={() => void answer(user_id, false)}
          >
            Deny
          </button>
          <button
            type="button"
            className="button button-small button-primary"
            data-testid="admit-button"
            disabled={asked.has(user_id)}
            aria-label={`Let ${display_name} in`}
            onClick={() => void answer(user_id, true)}
          >
            Let in
          </button>
        </li>
      ))}
    </ul>
  );
};

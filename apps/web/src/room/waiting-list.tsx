import { useState } from 'react';
import type { MeetingSession } from '../session/meeting-session.js';
import type { WaitingUser } from '../session/protocol.js';
import { Avatar } from '../ui/avatar.js';

interface Props {
  readonly session: MeetingSession;
  readonly waiting: readonly WaitingUser[];
  /** Shows no more than these; all are let in with one click nevertheless. */
  readonly most?: number;
}

/** Those who knock, and the answers to it. */
export const WaitingList = ({ session, waiting, most = Infinity }: Props) => {
  const [asked, setAsked] = useState<ReadonlySet<string>>(new Set());
  const answer = async (user: WaitingUser, admit: boolean) => {
    setAsked(before => new Set(before).add(user.user_id));
    await session.door.answer(user, admit);
    setAsked(before => new Set([...before].filter(id => id !== user.user_id)));
  };
  const admitAll = async () => {
    setAsked(new Set(waiting.map(({ user_id }) => user_id)));
    await session.door.admitAll(waiting);
    setAsked(new Set());
  };
  return (
    <>
      <ul className="waiting-list" aria-live="polite" aria-label="Waiting to be let in">
        {waiting.slice(0, most).map(user => (
          <li key={user.user_id} className="person" data-testid="waiting-user">
            <Avatar name={user.display_name} seed={user.user_id} />
            <span className="person-name">{user.display_name}</span>
            <button
              type="button"
              className="button button-small"
              data-testid="deny-button"
              disabled={asked.has(user.user_id)}
              aria-label={`Deny ${user.display_name}`}
              onClick={() => void answer(user, false)}
            >
              Deny
            </button>
            <button
              type="button"
              className="button button-small button-primary"
              data-testid="admit-button"
              disabled={asked.has(user.user_id)}
              aria-label={`Let ${user.display_name} in`}
              onClick={() => void answer(user, true)}
            >
              Let in
            </button>
          </li>
        ))}
      </ul>
      {waiting.length > 1 ? (
        <button
          type="button"
          className="button button-small waiting-all"
          data-testid="admit-all-button"
          disabled={asked.size > 0}
          onClick={() => void admitAll()}
        >
          Let all {waiting.length} in
        </button>
      ) : null}
    </>
  );
};

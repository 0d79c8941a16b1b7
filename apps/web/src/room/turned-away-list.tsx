import type { MeetingSession } from '../session/meeting-session.js';
import type { WaitingUser } from '../session/protocol.js';
import { Avatar } from '../ui/avatar.js';
import { useStore } from '../ui/use-store.js';

interface Props {
  readonly session: MeetingSession;
  readonly turnedAway: readonly WaitingUser[];
}

/** Those who were removed or not let in, for a moderator who thinks better of it. Who is blocked is unblocked under Security. */
export const TurnedAwayList = ({ session, turnedAway }: Props) => {
  const { policy } = useStore(session.policy.state);
  const isBlocked = (userId: string): boolean => policy?.blocked_users.includes(userId) ?? false;
  return (
    <section className="turned-away">
      <h3>Sent away</h3>
      <ul>
        {turnedAway.map(({ user_id, display_name }) => (
          <li key={user_id} className="person" data-testid="turned-away">
            <Avatar name={display_name} seed={user_id} />
            <span className="person-name">
              {display_name}
              {isBlocked(user_id) ? <small>Blocked</small> : null}
            </span>
            {isBlocked(user_id) ? null : (
              <button
                type="button"
                className="button button-small"
                data-testid="let-back-button"
                aria-label={`Let ${display_name} join again`}
                onClick={() => void session.door.letBack(user_id)}
              >
                Let join again
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
};

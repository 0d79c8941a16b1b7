import type { MeetingSession } from '../session/meeting-session.js';
import { mayModerate, type MeetingState } from '../session/meeting-state.js';
import { Icon } from '../ui/icon.js';
import { Spinner } from '../ui/spinner.js';
import { useStore } from '../ui/use-store.js';
import { WaitingList } from './waiting-list.js';

interface Props {
  readonly session: MeetingSession;
  readonly meeting: MeetingState;
  readonly peopleOpen: boolean;
}

/** What needs to be known or answered now: the connection, the sound, one's own shared screen, those who knock. */
export const Banners = ({ session, meeting, peopleOpen }: Props) => {
  const soundBlocked = useStore(session.soundBlocked);
  const { screen } = useStore(session.local.state);
  const interrupted = meeting.link === 'reconnecting' || meeting.media === 'interrupted';
  return (
    <div className="banners">
      {interrupted ? (
        <div className="banner banner-warning" role="status" data-testid="reconnecting-banner">
          <Spinner />
          <span>
            {meeting.link === 'reconnecting'
              ? 'The connection is interrupted. You keep your seat; reconnecting…'
              : 'Sound and picture are interrupted. Bringing them back…'}
          </span>
        </div>
      ) : null}
      {soundBlocked ? (
        <div className="banner" role="status">
          <Icon name="sound" />
          <span>Your browser holds the sound back.</span>
          <button
            type="button"
            className="button button-small button-primary"
            onClick={() => session.soundBlocked.set(false)}
          >
            Turn on sound
          </button>
        </div>
      ) : null}
      {screen ? (
        <div className="banner" role="status">
          <Icon name="screen" />
          <span>You are sharing your screen.</span>
          <button type="button" className="button button-small" onClick={() => session.local.stopScreen()}>
            Stop
          </button>
        </div>
      ) : null}
      {mayModerate(meeting) && meeting.waiting.length > 0 && !peopleOpen ? (
        <div className="banner banner-waiting">
          <WaitingList session={session} waiting={meeting.waiting} most={3} />
        </div>
      ) : null}
    </div>
  );
};

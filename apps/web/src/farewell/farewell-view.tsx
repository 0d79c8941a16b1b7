import { useEffect } from 'react';
import { Link } from '../app/link.js';
import { replayPath } from '../app/route.js';
import { RecordingList } from '../room/recording-list.js';
import { useRecordings } from '../room/use-recordings.js';
import type { ApiClient } from '../session/api-client.js';
import type { MeetingState } from '../session/meeting-state.js';
import { Logo } from '../ui/logo.js';

const headline = ({ phase, failure }: MeetingState): { readonly title: string; readonly text?: string } => {
  switch (phase) {
    case 'ended':
      return { title: 'The meeting has ended', text: 'Thank you for coming.' };
    case 'denied':
      return { title: 'You were not let in', text: 'The host did not admit you to this meeting.' };
    case 'removed':
      return {
        title: 'You were removed from the meeting',
        text: 'You can come back only when the host lets you in again.',
      };
    case 'gone':
      return {
        title: 'You are no longer in the meeting',
        text: 'You left on another device, or your connection was away for too long.',
      };
    case 'failed':
      return { title: 'The meeting was interrupted', text: failure };
    default:
      return { title: 'You left the meeting' };
  }
};

/** After the meeting: why it is over, the way back, and what was recorded. */
export const FarewellView = ({
  meeting,
  api,
  again,
}: {
  meeting: MeetingState;
  api: ApiClient;
  again: () => void;
}) => {
  const { title, text } = headline(meeting);
  const recordings = useRecordings(api, meeting.meetingId, meeting.selfId !== '');
  const mayReturn = meeting.phase !== 'ended';
  const sentAway = meeting.phase === 'removed' || meeting.phase === 'denied';
  useEffect(() => {
    document.title = `${title} · Parley`;
  }, [title]);
  return (
    <main className="centred farewell" data-testid="farewell" data-phase={meeting.phase}>
      <Logo wordmark={false} />
      <h1>{title}</h1>
      {text ? <p className="muted">{text}</p> : null}
      <div className="button-row">
        {mayReturn ? (
          <button type="button" className="button button-primary" data-testid="rejoin-button" onClick={again}>
            {sentAway ? 'Try to join again' : 'Join again'}
          </button>
        ) : null}
        <Link to="/" className={mayReturn ? 'button' : 'button button-primary'}>
          To the start page
        </Link>
        {meeting.role === 'host' ? (
          <Link to={replayPath(meeting.meetingId)} className="button">
            See what happened
          </Link>
        ) : null}
      </div>
      {recordings.length > 0 ? (
        <section className="card farewell-recordings" aria-label="Recordings">
          <h2>Recordings</h2>
          <RecordingList recordings={recordings} />
        </section>
      ) : null}
    </main>
  );
};

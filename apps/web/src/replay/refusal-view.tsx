import { Link } from '../app/link.js';
import { meetingRef as meant } from '../session/meeting-ref.js';
import { Logo } from '../ui/logo.js';
import type { RefusalKind, ReplayRefusal } from './replay-refusal.js';
import { TokenForm } from './token-form.js';

interface Words {
  readonly title: string;
  readonly text: string;
  /** What helps: another token, or asking again. */
  readonly wayOut?: 'token' | 'again';
}

const WORDS: Readonly<Record<RefusalKind, Words>> = {
  'no-token': {
    title: 'Who is looking?',
    text: 'A replay shows who said and did what. It is for the meeting’s host, and for people with the role analyst or admin.',
    wayOut: 'token',
  },
  'bad-token': {
    title: 'This token does not count here',
    text: 'It has expired, or it is not one of this server’s. Make a new one.',
    wayOut: 'token',
  },
  'not-allowed': {
    title: 'You may not replay this meeting',
    text: 'Only its host may, and people with the role analyst or admin. If you are one of them, use a token that says so.',
    wayOut: 'token',
  },
  'unknown-meeting': {
    title: 'There is no such meeting',
    text: 'Nothing on this server has this id or this name. Check the link: letters of an id are capitals.',
  },
  busy: { title: 'The server is busy', text: 'Please try again in a moment.', wayOut: 'again' },
  unreachable: {
    title: 'The server cannot be reached',
    text: 'Check the connection, and whether Parley runs, then try again.',
    wayOut: 'again',
  },
  failed: {
    title: 'The replay cannot be shown',
    text: 'The server could not do this. Its log says why.',
    wayOut: 'again',
  },
};

interface Props {
  readonly refusal: ReplayRefusal;
  readonly meetingRef: string;
  readonly again: () => void;
}

/** Why there is nothing to see, and the way out. */
export const RefusalView = ({ refusal, meetingRef, again }: Props) => {
  const { title, text, wayOut } = WORDS[refusal.kind];
  const ref = meant(meetingRef);
  return (
    <main className="centred replay-refusal" data-testid="replay-refusal" data-kind={refusal.kind}>
      <Logo wordmark={false} />
      <h1>{title}</h1>
      <p className="muted" role="alert">
        {text}
      </p>
      <p className="replay-ref">
        {ref.kind === 'room' ? 'Room' : 'Meeting'} <code>{meetingRef}</code>
      </p>
      {wayOut === 'token' ? <TokenForm onGiven={again} /> : null}
      <div className="button-row">
        {wayOut === 'again' ? (
          <button type="button" className="button button-primary" onClick={again}>
            Try again
          </button>
        ) : null}
        <Link to="/" className="button">
          To the start page
        </Link>
      </div>
    </main>
  );
};

import type { MeetingMoment } from '#libs/domain';
import { Link } from '../app/link.js';
import { Icon } from '../ui/icon.js';
import { IconButton } from '../ui/icon-button.js';
import { Logo } from '../ui/logo.js';
import { dayText } from './time-text.js';

interface Props {
  readonly meeting: MeetingMoment['meeting'];
  readonly time: number;
  readonly onShare: () => void;
  readonly onKeys: () => void;
}

const BADGES: Partial<Record<Props['meeting']['status'], string>> = { ended: 'Ended', active: 'Running' };

/** @param meeting as it is at the end of what is known */
export const ReplayHeader = ({ meeting, time, onShare, onKeys }: Props) => (
  <header className="replay-header">
    <Link to="/" className="plain-link">
      <Logo wordmark={false} />
    </Link>
    <div className="replay-title">
      <h1>{meeting.title || 'Meeting'}</h1>
      <p className="muted">
        Replay · {dayText(time)} · {BADGES[meeting.status] ?? 'Not started'}
      </p>
    </div>
    <span className="spacer" />
    <button
      type="button"
      className="button button-small button-quiet"
      data-testid="replay-share"
      aria-label="Copy the link to this moment"
      onClick={onShare}
    >
      <Icon name="link" /> <span className="replay-word">Link to this moment</span>
    </button>
    <IconButton
      icon="keyboard"
      label="Show the keys"
      tone="quiet"
      className="replay-keys-button"
      onClick={onKeys}
    />
  </header>
);

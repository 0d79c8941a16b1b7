import type { MeetingState } from '../session/meeting-state.js';
import { Icon } from '../ui/icon.js';
import { Logo } from '../ui/logo.js';

interface Props {
  readonly meeting: MeetingState;
  readonly onInvite: () => void;
}

export const RoomHeader = ({ meeting, onInvite }: Props) => (
  <header className="room-header">
    <Logo wordmark={false} />
    <h1 className="room-title">{meeting.title}</h1>
    {meeting.isRecording ? (
      <span
        className="recording-badge"
        data-testid="recording-badge"
        role="status"
        aria-label="This meeting is being recorded"
      >
        REC
      </span>
    ) : null}
    {meeting.isLocked ? (
      <span
        className="lock-badge"
        data-testid="lock-badge"
        role="img"
        aria-label="The meeting is locked"
        title="The meeting is locked: nobody else may join"
      >
        <Icon name="lock" />
      </span>
    ) : null}
    <span className="spacer" />
    <button
      type="button"
      className="button button-small button-quiet"
      data-testid="invite-button"
      onClick={onInvite}
    >
      <Icon name="link" /> <span className="invite-word">Invite</span>
    </button>
  </header>
);

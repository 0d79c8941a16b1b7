import { ownRoom, peopleHere } from '../session/breakout-rooms.js';
import type { MeetingSession } from '../session/meeting-session.js';
import { mayModerate, type MeetingState } from '../session/meeting-state.js';
import { Icon } from '../ui/icon.js';
import { Countdown } from './countdown.js';

interface Props {
  readonly session: MeetingSession;
  readonly meeting: MeetingState;
  readonly onRooms: () => void;
}

/** While breakout rooms are open: where one is, for how long, and the way elsewhere. */
export const BreakoutBar = ({ session, meeting, onRooms }: Props) => {
  const { breakout, breakoutClosing } = meeting;
  if (!breakout) return null;
  const room = ownRoom(meeting);
  const moderates = mayModerate(meeting);
  const mayReturn = room && (breakout.participants_may_return || moderates);
  const mayChoose = breakout.participants_may_choose || moderates;
  return (
    <div className="breakout-bar" data-testid="breakout-bar" data-closing={breakoutClosing} role="status">
      <Icon name="rooms" />
      <span className="breakout-place">
        <strong data-testid="breakout-place">{room?.name ?? 'Main room'}</strong>
        <small>{breakoutClosing ? 'closes soon' : `${peopleHere(meeting).length} here`}</small>
      </span>
      {breakout.closes_at === null ? null : <Countdown until={breakout.closes_at} />}
      {mayChoose ? (
        <button
          type="button"
          className="button button-small"
          data-testid="breakout-rooms-button"
          onClick={onRooms}
        >
          {moderates || room ? 'Rooms' : 'Choose a room'}
        </button>
      ) : null}
      {mayReturn ? (
        <button
          type="button"
          className="button button-small button-primary"
          data-testid="breakout-return-button"
          aria-label="Back to the main room"
          title="Back to the main room"
          onClick={() => void session.attempt(session.api.returnToMain())}
        >
          <Icon name="back" /> Back
        </button>
      ) : null}
    </div>
  );
};

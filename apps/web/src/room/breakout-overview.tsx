import { useState } from 'react';
import { ownRoom, peopleIn } from '../session/breakout-rooms.js';
import type { MeetingSession } from '../session/meeting-session.js';
import { mayModerate, type MeetingState } from '../session/meeting-state.js';
import type { Breakout } from '../session/protocol.js';
import { BreakoutRoomCard } from './breakout-room-card.js';
import { BroadcastForm } from './broadcast-form.js';
import { ConfirmDialog } from './confirm-dialog.js';
import { Countdown } from './countdown.js';

interface Props {
  readonly session: MeetingSession;
  readonly meeting: MeetingState;
  readonly breakout: Breakout;
}

/** The breakout rooms that are open: who is where, and what one may do about it. */
export const BreakoutOverview = ({ session, meeting, breakout }: Props) => {
  const [closing, setClosing] = useState(false);
  const { api } = session;
  const moderates = mayModerate(meeting);
  const here = ownRoom(meeting)?.room_id ?? null;
  // Host and co-hosts stay where they are unless they go themselves.
  const unassigned = peopleIn(meeting, null).filter(
    ({ role }) => role !== 'host' && role !== 'co-host',
  ).length;
  return (
    <div className="breakout">
      {breakout.closes_at === null ? null : (
        <p className="breakout-time">
          The rooms close in <Countdown until={breakout.closes_at} />
        </p>
      )}
      {!moderates && !breakout.participants_may_choose ? (
        <p className="muted">The host says who goes into which room.</p>
      ) : null}
      <ul className="breakout-rooms">
        <BreakoutRoomCard session={session} meeting={meeting} breakout={breakout} here={here} room={null} />
        {breakout.rooms.map(room => (
          <BreakoutRoomCard
            key={room.room_id}
            session={session}
            meeting={meeting}
            breakout={breakout}
            here={here}
            room={room}
          />
        ))}
      </ul>
      {moderates ? (
        <>
          {unassigned > 0 ? (
            <button
              type="button"
              className="button button-small"
              data-testid="breakout-spread-button"
              onClick={() => void session.attempt(api.spread())}
            >
              Spread {unassigned} from the main room evenly
            </button>
          ) : null}
          <BroadcastForm session={session} />
        </>
      ) : null}
      {meeting.role === 'host' ? (
        <button
          type="button"
          className="button button-danger"
          data-testid="breakout-close-button"
          onClick={() => setClosing(true)}
        >
          Close all rooms
        </button>
      ) : null}
      {closing ? (
        <ConfirmDialog
          title="Close all breakout rooms?"
          text="Everybody comes back to the main room at once."
          action="Close the rooms"
          onConfirm={() => void session.attempt(api.closeBreakoutRooms())}
          onClose={() => setClosing(false)}
        />
      ) : null}
    </div>
  );
};

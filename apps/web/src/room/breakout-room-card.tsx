import { mayEnter, peopleIn } from '../session/breakout-rooms.js';
import type { MeetingSession } from '../session/meeting-session.js';
import { mayModerate, type MeetingState } from '../session/meeting-state.js';
import type { Breakout, BreakoutRoom } from '../session/protocol.js';
import { Avatar } from '../ui/avatar.js';
import { RoomSelect } from './room-select.js';

interface Props {
  readonly session: MeetingSession;
  readonly meeting: MeetingState;
  readonly breakout: Breakout;
  /** The room one is in; null: the main room. */
  readonly here: string | null;
  /** Null: the main room. */
  readonly room: BreakoutRoom | null;
}

/** One room: who is in it, the way in, and for moderators the way out of it for each. */
export const BreakoutRoomCard = ({ session, meeting, breakout, here, room }: Props) => {
  const { api } = session;
  const moderates = mayModerate(meeting);
  const id = room?.room_id ?? null;
  const people = peopleIn(meeting, id);
  const may = moderates || (room ? breakout.participants_may_choose : breakout.participants_may_return);
  const full = room !== null && !mayEnter(meeting, room);
  const name = room?.name ?? 'Main room';
  const places = room?.capacity == null ? `${people.length}` : `${people.length} of ${room.capacity}`;
  return (
    <li className="breakout-room" data-testid="breakout-room" data-room={name} data-here={id === here}>
      <header>
        <h3>
          {name} <span>{places}</span>
        </h3>
        {id === here ? (
          <em>You are here</em>
        ) : may ? (
          <button
            type="button"
            className="button button-small"
            data-testid="breakout-enter-button"
            aria-label={`Go into ${name}`}
            disabled={full}
            onClick={() => void session.attempt(id === null ? api.returnToMain() : api.enterRoom(id))}
          >
            {full ? 'Full' : 'Go in'}
          </button>
        ) : null}
      </header>
      {room?.description ? <p className="muted">{room.description}</p> : null}
      {people.length === 0 ? <p className="muted">Nobody</p> : null}
      <ul>
        {people.map(person => (
          <li key={person.participant_id} className="person" data-testid="breakout-person">
            <Avatar name={person.display_name} seed={person.user_id} />
            <span className="person-name">
              {person.display_name}
              {person.participant_id === meeting.selfId ? <small>You</small> : null}
            </span>
            {moderates && person.participant_id !== meeting.selfId ? (
              <RoomSelect
                name={person.display_name}
                rooms={breakout.rooms}
                value={id}
                onSelect={to =>
                  void session.attempt(
                    to === null ? api.returnToMain(person.user_id) : api.assign(person.user_id, to),
                  )
                }
              />
            ) : null}
          </li>
        ))}
      </ul>
    </li>
  );
};

import { peopleHere, peopleIn } from '../session/breakout-rooms.js';
import type { MeetingSession } from '../session/meeting-session.js';
import { mayModerate, type MeetingState } from '../session/meeting-state.js';
import type { Participant } from '../session/protocol.js';
import { useStore } from '../ui/use-store.js';
import { PersonRow } from './person-row.js';
import { TurnedAwayList } from './turned-away-list.js';
import { WaitingList } from './waiting-list.js';

interface Group {
  readonly key: string;
  readonly name?: string;
  readonly people: readonly Participant[];
}

/** Moderators see everybody, room by room; everybody else those in the same room. */
const groupsOf = (meeting: MeetingState): readonly Group[] => {
  const { breakout } = meeting;
  if (!breakout || !mayModerate(meeting)) return [{ key: 'here', people: peopleHere(meeting) }];
  return [
    { key: 'main', name: 'Main room', people: peopleIn(meeting, null) },
    ...breakout.rooms.map(({ room_id, name }) => ({
      key: room_id,
      name,
      people: peopleIn(meeting, room_id),
    })),
  ];
};

/** Who is here, and who would like to be. */
export const PeoplePanel = ({ session }: { readonly session: MeetingSession }) => {
  const meeting = useStore(session.meeting);
  const moderates = mayModerate(meeting);
  return (
    <div className="people">
      {moderates && meeting.waiting.length > 0 ? (
        <section>
          <h3>Waiting to be let in</h3>
          <WaitingList session={session} waiting={meeting.waiting} />
        </section>
      ) : null}
      {groupsOf(meeting).map(({ key, name, people }) => (
        <div key={key} data-testid="people-group" role="group" aria-label={name}>
          {name === undefined ? null : (
            <h3 className="people-room">
              {name} <span>{people.length}</span>
            </h3>
          )}
          <ul className="people-list">
            {people.map(person => (
              <PersonRow key={person.participant_id} session={session} meeting={meeting} person={person} />
            ))}
          </ul>
        </div>
      ))}
      {moderates && meeting.turnedAway.length > 0 ? (
        <TurnedAwayList session={session} turnedAway={meeting.turnedAway} />
      ) : null}
    </div>
  );
};

import type { MeetingSession } from '../session/meeting-session.js';
import { mayModerate } from '../session/meeting-state.js';
import type { Participant } from '../session/protocol.js';
import { Avatar } from '../ui/avatar.js';
import { Icon } from '../ui/icon.js';
import { IconButton } from '../ui/icon-button.js';
import { useStore } from '../ui/use-store.js';
import { WaitingList } from './waiting-list.js';

const ROLES: Partial<Record<Participant['role'], string>> = {
  host: 'Host',
  'co-host': 'Co-host',
  viewer: 'Viewer',
};

/** Who is here, and who would like to be. */
export const PeoplePanel = ({ session }: { readonly session: MeetingSession }) => {
  const meeting = useStore(session.meeting);
  const { microphoneOn } = useStore(session.local.state);
  const moderates = mayModerate(meeting);
  return (
    <div className="people">
      {meeting.waiting.length > 0 ? (
        <section>
          <h3>Waiting to be let in</h3>
          <WaitingList session={session} waiting={meeting.waiting} />
        </section>
      ) : null}
      <ul className="people-list">
        {meeting.participants.map(person => {
          const isSelf = person.participant_id === meeting.selfId;
          const isMuted = isSelf ? !microphoneOn : person.is_muted;
          return (
            <li key={person.participant_id} className="person" data-testid="person">
              <Avatar name={person.display_name} seed={person.user_id} />
              <span className="person-name">
                {person.display_name}
                <small>{[isSelf && 'You', ROLES[person.role]].filter(Boolean).join(' · ')}</small>
              </span>
              {person.is_hand_raised ? (
                <span className="person-hand" role="img" aria-label="Hand raised">
                  <Icon name="hand" />
                </span>
              ) : null}
              {moderates && !isSelf && !isMuted ? (
                <IconButton
                  icon="microphone"
                  label={`Mute ${person.display_name}`}
                  tone="quiet"
                  data-testid="mute-participant"
                  onClick={() =>
                    void session.attempt(
                      session.ask('toggle_audio', { is_muted: true, participant_id: person.participant_id }),
                    )
                  }
                />
              ) : (
                <span
                  className="person-state"
                  data-off={isMuted}
                  role="img"
                  aria-label={isMuted ? 'Muted' : 'Microphone on'}
                >
                  <Icon name={isMuted ? 'microphone-off' : 'microphone'} />
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
};

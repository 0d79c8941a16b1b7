import type { MeetingSession } from '../session/meeting-session.js';
import { mayModerate, type MeetingState } from '../session/meeting-state.js';
import type { Participant } from '../session/protocol.js';
import { Avatar } from '../ui/avatar.js';
import { Icon } from '../ui/icon.js';
import { useStore } from '../ui/use-store.js';
import { PersonMenu } from './person-menu.js';

const ROLES: Partial<Record<Participant['role'], string>> = {
  host: 'Host',
  'co-host': 'Co-host',
  viewer: 'Viewer',
};

interface Props {
  readonly session: MeetingSession;
  readonly meeting: MeetingState;
  readonly person: Participant;
}

export const PersonRow = ({ session, meeting, person }: Props) => {
  const { microphoneOn } = useStore(session.local.state);
  const isSelf = person.participant_id === meeting.selfId;
  const isMuted = isSelf ? !microphoneOn : person.is_muted;
  return (
    <li className="person" data-testid="person">
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
      <span
        className="person-state"
        data-off={isMuted}
        role="img"
        aria-label={isMuted ? 'Muted' : 'Microphone on'}
      >
        <Icon name={isMuted ? 'microphone-off' : 'microphone'} />
      </span>
      {mayModerate(meeting) && !isSelf ? (
        <PersonMenu session={session} meeting={meeting} person={person} />
      ) : null}
    </li>
  );
};

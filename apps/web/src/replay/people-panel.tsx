import type { ParticipantOfMoment } from '#libs/domain';
import { Avatar } from '../ui/avatar.js';
import { Icon, type IconName } from '../ui/icon.js';
import type { PanelProps } from './panel-props.js';

const ROLES = { host: 'Host', 'co-host': 'Co-host', attendee: 'Attendee', viewer: 'Viewer' } as const;
const DEVICES = {
  desktop: 'desktop',
  mobile: 'mobile',
  tablet: 'tablet',
  phone: 'phone',
  other: undefined,
} as const;

const State = ({ icon, label, off = false }: { icon: IconName; label: string; off?: boolean }) => (
  <span className="person-state" data-off={off} role="img" aria-label={label} title={label}>
    <Icon name={icon} />
  </span>
);

const about = ({ role, deviceType, connections }: ParticipantOfMoment): string =>
  [ROLES[role], DEVICES[deviceType], connections.length === 0 && 'not connected'].filter(Boolean).join(' · ');

const Person = ({
  person,
  changes,
}: {
  readonly person: ParticipantOfMoment;
  readonly changes: readonly string[];
}) => (
  <li className="person replay-person" data-testid="replay-person" data-new={changes.length > 0}>
    <Avatar name={person.displayName} seed={person.userId} />
    <span className="person-name">
      {person.displayName}
      <small>
        {changes.length > 0 ? <em className="replay-new">{changes.join(', ')} · </em> : null}
        {about(person)}
      </small>
    </span>
    {person.isHandRaised ? (
      <span className="person-hand" role="img" aria-label="Hand raised" title="Hand raised">
        <Icon name="hand" />
      </span>
    ) : null}
    {person.isScreenSharing ? <State icon="screen" label="Shares the screen" /> : null}
    <State
      icon={person.isVideoOn ? 'camera' : 'camera-off'}
      label={person.isVideoOn ? 'Camera on' : 'Camera off'}
      off={!person.isVideoOn}
    />
    <State
      icon={person.isMuted ? 'microphone-off' : 'microphone'}
      label={person.isMuted ? 'Muted' : 'Microphone on'}
      off={person.isMuted}
    />
  </li>
);

/** Who was in, with roles, hands, microphones, cameras and screens; and who left just now. */
export const PeoplePanel = ({ moment, changes }: PanelProps) =>
  moment.participants.length + changes.gone.length === 0 ? (
    <p className="replay-empty">Nobody is in the meeting.</p>
  ) : (
    <ul>
      {moment.participants.map(person => (
        <Person
          key={person.participantId}
          person={person}
          changes={changes.participants.get(person.participantId) ?? []}
        />
      ))}
      {changes.gone.map(person => (
        <li key={person.participantId} className="person replay-person replay-gone" data-new>
          <Avatar name={person.displayName} seed={person.userId} />
          <span className="person-name">
            {person.displayName}
            <small>
              <em className="replay-new">left</em>
            </small>
          </span>
        </li>
      ))}
    </ul>
  );

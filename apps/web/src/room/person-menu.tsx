import { useState } from 'react';
import { explainError } from '../session/explain-error.js';
import type { MeetingsRole } from '../session/meeting-api.js';
import type { MeetingSession } from '../session/meeting-session.js';
import { adding } from '../session/policy-keeper.js';
import type { MeetingState } from '../session/meeting-state.js';
import type { Participant } from '../session/protocol.js';
import { ConfirmDialog } from './confirm-dialog.js';
import { Menu, type MenuEntry } from './menu.js';

interface Props {
  readonly session: MeetingSession;
  readonly meeting: MeetingState;
  readonly person: Participant;
}

/** Roles are the host's to give. */
const ROLES: readonly {
  readonly role: Exclude<MeetingsRole, 'host'>;
  readonly shown: Participant['role'];
  readonly icon: MenuEntry['icon'];
  readonly label: string;
}[] = [
  { role: 'co-host', shown: 'co-host', icon: 'star', label: 'Make co-host' },
  { role: 'attendee', shown: 'participant', icon: 'person', label: 'Make participant' },
  { role: 'viewer', shown: 'viewer', icon: 'eye', label: 'Make viewer' },
];

/** What host and co-hosts may do to somebody else. */
export const PersonMenu = ({ session, meeting, person }: Props) => {
  const [asked, setAsked] = useState<'remove' | 'block' | 'hand-over'>();
  const { api } = session;
  const { user_id, display_name: name, role } = person;
  const attempt = (command: Promise<unknown>) => void session.attempt(command);
  const block = async () => {
    const error = await session.policy.edit('blocked_users', adding(user_id));
    if (error !== undefined) session.notify(explainError(error), 'problem');
  };
  const isHost = meeting.role === 'host';
  const entries: readonly (MenuEntry | false)[] = [
    {
      key: 'mute',
      icon: 'microphone-off',
      label: 'Mute',
      testId: 'mute-participant',
      blocked: person.is_muted ? 'Is muted already' : undefined,
      onSelect: () => attempt(api.quieten(user_id, { is_muted: true })),
    },
    person.is_video_on && {
      key: 'camera',
      icon: 'camera-off',
      label: 'Turn camera off',
      testId: 'camera-off-participant',
      onSelect: () => attempt(api.quieten(user_id, { is_video_enabled: false })),
    },
    person.is_screen_sharing && {
      key: 'screen',
      icon: 'screen',
      label: 'End screen sharing',
      onSelect: () => attempt(api.quieten(user_id, { is_screen_sharing: false })),
    },
    person.is_hand_raised && {
      key: 'hand',
      icon: 'hand',
      label: 'Lower hand',
      testId: 'lower-hand',
      onSelect: () => attempt(api.quieten(user_id, { is_hand_raised: false })),
    },
    ...ROLES.map(
      ({ role: next, shown, icon, label }): MenuEntry | false =>
        isHost &&
        role !== shown && {
          key: next,
          icon,
          label,
          testId: `make-${next}`,
          onSelect: () => attempt(api.changeRole(user_id, next)),
        },
    ),
    isHost && {
      key: 'host',
      icon: 'arrow',
      label: 'Hand over host',
      testId: 'make-host',
      onSelect: () => setAsked('hand-over'),
    },
    role !== 'host' && {
      key: 'remove',
      icon: 'leave',
      label: 'Remove',
      testId: 'remove-participant',
      danger: true,
      onSelect: () => setAsked('remove'),
    },
    isHost && {
      key: 'block',
      icon: 'shield',
      label: 'Block',
      testId: 'block-participant',
      danger: true,
      onSelect: () => setAsked('block'),
    },
  ];
  return (
    <>
      <Menu
        entries={entries.filter(entry => entry !== false)}
        label={`Actions for ${name}`}
        tone="quiet"
        testId="person-menu"
      />
      {asked === 'remove' ? (
        <ConfirmDialog
          title={`Remove ${name}?`}
          text="They leave at once, and come back only when you let them in again."
          action="Remove"
          onConfirm={() => attempt(api.remove(user_id))}
          onClose={() => setAsked(undefined)}
        />
      ) : null}
      {asked === 'block' ? (
        <ConfirmDialog
          title={`Block ${name}?`}
          text="They leave at once and cannot join again until you unblock them under Security."
          action="Block"
          onConfirm={() => void block()}
          onClose={() => setAsked(undefined)}
        />
      ) : null}
      {asked === 'hand-over' ? (
        <ConfirmDialog
          title={`Make ${name} the host?`}
          text="You become a co-host. Only the new host can give the role back."
          action="Hand over"
          onConfirm={() => attempt(api.changeRole(user_id, 'host'))}
          onClose={() => setAsked(undefined)}
        />
      ) : null}
    </>
  );
};

import { Fragment } from 'react';
import type { PanelProps } from './panel-props.js';
import { clockText, dayText } from './time-text.js';

const STATUS = {
  cancelled: 'cancelled',
  none: 'Not created',
  scheduled: 'Scheduled',
  active: 'Running',
  ended: 'Ended',
} as const;

const when = (iso: string | undefined): string | undefined =>
  iso === undefined ? undefined : `${dayText(Date.parse(iso))}, ${clockText(Date.parse(iso))}`;

/** What the meeting itself was like at the moment. */
export const MeetingPanel = ({ moment: { meeting }, changes, names }: PanelProps) => {
  const { settings } = meeting;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Status', STATUS[meeting.status]],
    ['Host', meeting.hostName || names.user(meeting.hostUserId)],
    ['Number', meeting.meetingNumber || undefined],
    ['Planned for', when(meeting.scheduledStartTime)],
    ['Started', when(meeting.startedAt)],
    ['Ended', when(meeting.endedAt)],
    ['Room for', `${settings.maxParticipants}`],
    ['Locked', settings.locked ? 'yes' : undefined],
    ['Waiting room', settings.waitingRoomEnabled ? 'on' : 'off'],
    [
      'Switched off',
      [
        settings.chatPermission === 'none' && 'chat',
        settings.recordingPermission === 'none' && 'recording',
        settings.screenSharePermission === 'none' && 'screen sharing',
        settings.cameraDisabled && 'cameras of participants',
      ]
        .filter(Boolean)
        .join(', ') || undefined,
    ],
  ];
  return (
    <dl className="replay-facts">
      {facts.map(([name, value]) =>
        value === undefined ? null : (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd
              data-testid={`replay-${name.toLowerCase().replace(' ', '-')}`}
              data-new={name === 'Status' && changes.status}
            >
              {value}
            </dd>
          </Fragment>
        ),
      )}
    </dl>
  );
};

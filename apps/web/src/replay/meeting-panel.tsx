import { FactList } from './fact-list.js';
import type { PanelProps } from './panel-props.js';
import { clockText, dayText } from './time-text.js';

const STATUS = {
  none: 'Not created',
  scheduled: 'Scheduled',
  active: 'Running',
  ended: 'Ended',
  cancelled: 'Cancelled',
} as const;

const when = (iso: string | undefined): string | undefined =>
  iso === undefined ? undefined : `${dayText(Date.parse(iso))}, ${clockText(Date.parse(iso))}`;

/** What the meeting itself was like at the moment. */
export const MeetingPanel = ({ moment: { meeting }, changes, names }: PanelProps) => {
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Status', STATUS[meeting.status]],
    ['Host', meeting.hostName || names.user(meeting.hostUserId)],
    ['Number', meeting.meetingNumber || undefined],
    ['Planned for', when(meeting.scheduledStartTime)],
    ['Started', when(meeting.startedAt)],
    ['Ended', when(meeting.endedAt)],
  ];
  return <FactList facts={facts} isNew={name => name === 'Status' && changes.status} />;
};

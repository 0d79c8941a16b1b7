import { FactList, type Facts } from './fact-list.js';
import type { PanelProps } from './panel-props.js';

const WHO = { all: 'everybody', host: 'host and co-hosts', none: 'nobody' } as const;

/** The security policy as it was at the moment. */
export const PolicyPanel = ({ moment: { meeting }, names }: PanelProps) => {
  const { settings } = meeting;
  const facts: Facts = [
    ['Locked', settings.locked ? 'yes: nobody else may join' : undefined],
    ['Waiting room', settings.waitingRoomEnabled ? 'on' : 'off'],
    ['Password', settings.hasPassword ? 'needed' : 'none'],
    ['Guests', settings.anonymousJoinAllowed ? 'may join' : 'may not join'],
    ['Room for', `${settings.maxParticipants}`],
    ['Only from', settings.allowedDomains.join(', ') || undefined],
    ['Blocked', settings.blockedUsers.map(userId => names.user(userId)).join(', ') || undefined],
    ['Chat', WHO[settings.chatPermission]],
    ['Screens', WHO[settings.screenSharePermission]],
    ['Recording', WHO[settings.recordingPermission]],
    ['Come in', settings.muteOnEntry ? 'muted' : undefined],
    ['Cameras', settings.cameraDisabled ? 'only of host and co-hosts' : undefined],
  ];
  return <FactList facts={facts} />;
};

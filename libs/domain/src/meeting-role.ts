/** A participant's role inside one meeting. */
export const MEETING_ROLES = ['host', 'co-host', 'attendee', 'viewer'] as const;
export type MeetingRole = (typeof MEETING_ROLES)[number];

/** Hosts and co-hosts run a meeting: they admit, mute, remove and record. */
export const mayModerate = (role: MeetingRole | undefined): boolean => role === 'host' || role === 'co-host';

import type { MeetingRole } from '../meeting-role.js';
import { ownEntry } from '../own-entry.js';
import type { BreakoutRoom, MeetingSettings } from './meeting-events.js';

export interface Seat {
  readonly participantId: string;
  readonly userId: string;
  readonly displayName: string;
  readonly email?: string;
  readonly role: MeetingRole;
  readonly joinedAt: string;
  /** The breakout room the participant is in; absent: the main room. */
  readonly breakoutRoomId?: string;
}

/** The breakout rooms that are open. */
export interface Breakout {
  readonly rooms: readonly BreakoutRoom[];
  readonly participantsMayChoose: boolean;
  readonly participantsMayReturn: boolean;
  readonly closesAt?: string;
  /** Whether it was announced that they close. */
  readonly closeAnnounced: boolean;
}

export interface MeetingState {
  readonly status: 'none' | 'scheduled' | 'active' | 'ended' | 'cancelled';
  readonly meetingId: string;
  readonly meetingNumber: string;
  readonly title: string;
  readonly description?: string;
  readonly hostUserId: string;
  readonly hostName: string;
  readonly settings: MeetingSettings;
  readonly createdAt?: string;
  readonly scheduledStartTime?: string;
  readonly scheduledEndTime?: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
  /** Who is in the meeting now, by user id: one seat per user, however many devices. */
  readonly roster: Readonly<Record<string, Seat>>;
  /** Roles given by the host, by user id; they outlast leaving and coming back. A co-host who is removed loses the role. */
  readonly grantedRoles: Readonly<Record<string, MeetingRole>>;
  /** Who waits for the host, by user id. */
  readonly waiting: Readonly<Record<string, { readonly displayName: string; readonly waitingSince: string }>>;
  readonly admitted: readonly string[];
  readonly denied: readonly string[];
  readonly mediaWorkerId?: string;
  readonly recordingId?: string;
  /** User id of who started the recording that runs. */
  readonly recordingStartedBy?: string;
  readonly breakout?: Breakout;
  /** How often anybody was moved between rooms: of two states, the later has the larger number. */
  readonly moves: number;
  /** The users who were ever in the meeting. */
  readonly attendance: readonly string[];
}

export const DEFAULT_SETTINGS: MeetingSettings = {
  maxParticipants: 100,
  waitingRoomEnabled: false,
  autoRecord: false,
  recordingPermission: 'host',
  screenSharePermission: 'all',
  chatPermission: 'all',
  anonymousJoinAllowed: true,
  allowedDomains: [],
  blockedUsers: [],
  muteOnEntry: false,
  cameraDisabled: false,
  locked: false,
};

export const initialMeeting: MeetingState = {
  status: 'none',
  meetingId: '',
  meetingNumber: '',
  title: '',
  hostUserId: '',
  hostName: '',
  settings: DEFAULT_SETTINGS,
  roster: {},
  grantedRoles: {},
  waiting: {},
  admitted: [],
  denied: [],
  attendance: [],
  moves: 0,
};

/** The role a user has or would have: the host's, else what the host gave them. */
export const roleOf = (state: MeetingState, userId: string): MeetingRole =>
  userId === state.hostUserId ? 'host' : (ownEntry(state.grantedRoles, userId) ?? 'attendee');

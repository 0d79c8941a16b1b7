import { DomainError } from '../domain-error.js';
import { ownEntry } from '../own-entry.js';
import { isAdmin, isGuest, type Principal } from '../principal.js';
import type { JoinMeeting } from './meeting-commands.js';
import type { MeetingEvent } from './meeting-events.js';
import type { MeetingRole } from '../meeting-role.js';
import { roleOf, type MeetingState } from './meeting-state.js';

/** How many may wait at a time: all of them can be admitted at once. */
export const MAX_WAITING = 1000;

/** What the settings ask of everybody but the host, apart from password and waiting room. */
const requireWelcome = ({ settings }: MeetingState, by: Principal, role: MeetingRole): void => {
  const { userId, email } = by;
  if (settings.blockedUsers.includes(userId)) throw new DomainError('JOIN_DENIED');
  if (isAdmin(by)) return;
  if (settings.locked && role !== 'co-host') throw new DomainError('MEETING_LOCKED');
  if (!settings.anonymousJoinAllowed && isGuest(by)) {
    throw new DomainError(
      'INSUFFICIENT_PERMISSION',
      { allow_anonymous_join: false },
      'Guests may not join this meeting: sign in first',
    );
  }
  const domain = email?.match(/@([^@]+)$/)?.[1]?.toLowerCase();
  const { allowedDomains } = settings;
  if (allowedDomains.length > 0 && !(domain !== undefined && allowedDomains.includes(domain))) {
    throw new DomainError(
      'INSUFFICIENT_PERMISSION',
      { allowed_domains: 'do not include that of your e-mail address' },
      'Only users with an e-mail address of certain domains may join this meeting',
    );
  }
};

/**
 * Joining: the host opens a scheduled meeting by entering it; a user who is in already keeps the seat; everybody else
 * must be welcome by the settings, needs the password, a free seat and, where there is a waiting room, to be admitted. A `ParticipantWaiting` as the only
 * outcome means: not in yet.
 */
export const decideJoin = (state: MeetingState, command: JoinMeeting): readonly MeetingEvent[] => {
  const { meetingId, settings } = state;
  const { by, at, participantId, displayName } = command;
  const { userId } = by;
  const role = roleOf(state, userId);
  if (state.status === 'ended') throw new DomainError('MEETING_ENDED');
  if (state.status === 'cancelled') throw new DomainError('MEETING_CANCELLED');
  if (state.status === 'scheduled' && role !== 'host') throw new DomainError('MEETING_NOT_ACTIVE');
  if (ownEntry(state.roster, userId)) return [];

  if (role !== 'host') {
    requireWelcome(state, by, role);
    if (settings.passwordHash && !command.passwordMatches) throw new DomainError('INVALID_PASSWORD');
    if (state.denied.includes(userId)) throw new DomainError('JOIN_DENIED');
    const mustWait =
      settings.waitingRoomEnabled && role !== 'co-host' && !isAdmin(by) && !state.admitted.includes(userId);
    if (mustWait) {
      if (ownEntry(state.waiting, userId)) return [];
      if (Object.keys(state.waiting).length >= MAX_WAITING) {
        throw new DomainError(
          'MAX_PARTICIPANTS_REACHED',
          { waiting: MAX_WAITING },
          'The waiting room is full',
        );
      }
      return [{ type: 'ParticipantWaiting', data: { meetingId, userId, displayName, waitingSince: at } }];
    }
    // The host has a place even where all are taken: nobody else could make room.
    if (Object.keys(state.roster).length >= settings.maxParticipants) {
      throw new DomainError('MAX_PARTICIPANTS_REACHED', { max_participants: settings.maxParticipants });
    }
  }
  const joined: MeetingEvent = {
    type: 'ParticipantJoined',
    data: {
      meetingId,
      participantId,
      userId,
      displayName,
      ...(by.email && { email: by.email }),
      role,
      joinedAt: at,
    },
  };
  return state.status === 'scheduled'
    ? [{ type: 'MeetingStarted', data: { meetingId, startedBy: userId, startedAt: at } }, joined]
    : [joined];
};

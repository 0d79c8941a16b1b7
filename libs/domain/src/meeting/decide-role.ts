import { DomainError } from '../domain-error.js';
import type { MeetingRole } from '../meeting-role.js';
import { ownEntry } from '../own-entry.js';
import { requireActive, requireHost } from './meeting-changes.js';
import type { ChangeRole } from './meeting-commands.js';
import type { MeetingEvent } from './meeting-events.js';
import type { MeetingState, Seat } from './meeting-state.js';

/** A meeting has exactly one host: making another one host makes the host before a co-host. */
export const decideRole = (state: MeetingState, command: ChangeRole): readonly MeetingEvent[] => {
  const { meetingId, hostUserId } = state;
  const { by, at, userId, role } = command;
  requireHost(state, by);
  requireActive(state);
  const seat = ownEntry(state.roster, userId);
  if (!seat) throw new DomainError('PARTICIPANT_NOT_FOUND', { user_id: userId });
  if (seat.role === role) return [];
  if (userId === hostUserId) {
    throw new DomainError('INSUFFICIENT_PERMISSION', { role }, "Hand the host's role over first");
  }
  const changed = (whose: Seat, to: MeetingRole): MeetingEvent => ({
    type: 'ParticipantRoleChanged',
    data: {
      meetingId,
      participantId: whose.participantId,
      userId: whose.userId,
      role: to,
      changedBy: by.userId,
      changedAt: at,
    },
  });
  if (role !== 'host') return [changed(seat, role)];
  const before = ownEntry(state.roster, hostUserId);
  return [
    {
      type: 'HostChanged',
      data: {
        meetingId,
        previousHostUserId: hostUserId,
        hostUserId: userId,
        hostName: seat.displayName,
        changedBy: by.userId,
        changedAt: at,
      },
    },
    ...(before ? [changed(before, 'co-host')] : []),
    changed(seat, 'host'),
  ];
};

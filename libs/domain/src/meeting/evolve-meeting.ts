import { ownEntry } from '../own-entry.js';
import type { MeetingEvent } from './meeting-events.js';
import type { MeetingState } from './meeting-state.js';

const without = <T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> => {
  const { [key]: _removed, ...rest } = record;
  return rest;
};
const include = (list: readonly string[], item: string): readonly string[] =>
  list.includes(item) ? list : [...list, item];
const exclude = (list: readonly string[], item: string): readonly string[] =>
  list.filter(other => other !== item);

export const evolveMeeting = (state: MeetingState, event: MeetingEvent): MeetingState => {
  switch (event.type) {
    case 'MeetingCreated':
      return { ...state, ...event.data, status: 'scheduled' };
    case 'MeetingStarted':
      return { ...state, status: 'active', startedAt: event.data.startedAt };
    case 'MeetingEnded':
      return { ...state, status: 'ended', endedAt: event.data.endedAt, roster: {}, waiting: {} };
    case 'MeetingCancelled':
      return { ...state, status: 'cancelled' };
    case 'SecurityPolicyApplied': {
      const { settings } = event.data;
      const before = state.settings.blockedUsers;
      // Whoever is blocked no longer moderates, in the meeting or away; whoever is no longer blocked may ask again.
      const lostRole = settings.blockedUsers.filter(
        userId => ownEntry(state.grantedRoles, userId) === 'co-host',
      );
      return {
        ...state,
        settings,
        grantedRoles: lostRole.reduce(without, state.grantedRoles),
        denied: state.denied.filter(
          userId => !before.includes(userId) || settings.blockedUsers.includes(userId),
        ),
      };
    }
    case 'ParticipantStoppedWaiting':
      return { ...state, waiting: without(state.waiting, event.data.userId) };
    case 'ParticipantWaiting': {
      const { userId, displayName, waitingSince } = event.data;
      return { ...state, waiting: { ...state.waiting, [userId]: { displayName, waitingSince } } };
    }
    case 'ParticipantAdmitted':
      return {
        ...state,
        waiting: without(state.waiting, event.data.userId),
        admitted: include(state.admitted, event.data.userId),
        denied: exclude(state.denied, event.data.userId),
      };
    case 'ParticipantDenied':
      return {
        ...state,
        waiting: without(state.waiting, event.data.userId),
        admitted: exclude(state.admitted, event.data.userId),
        denied: include(state.denied, event.data.userId),
      };
    case 'ParticipantJoined': {
      const { meetingId: _meetingId, ...seat } = event.data;
      const { userId } = seat;
      return {
        ...state,
        roster: { ...state.roster, [userId]: seat },
        waiting: without(state.waiting, userId),
        // A host who was removed comes back without being admitted.
        denied: exclude(state.denied, userId),
        attendance: include(state.attendance, userId),
      };
    }
    case 'ParticipantLeft': {
      const { userId, reason } = event.data;
      const roster = without(state.roster, userId);
      if (reason !== 'removed') return { ...state, roster };
      // Whoever was removed stays out until admitted, and no longer moderates. A viewer stays one: leaving must not raise anybody.
      const grantedRoles =
        ownEntry(state.grantedRoles, userId) === 'co-host'
          ? without(state.grantedRoles, userId)
          : state.grantedRoles;
      return {
        ...state,
        roster,
        grantedRoles,
        admitted: exclude(state.admitted, userId),
        denied: include(state.denied, userId),
      };
    }
    case 'ParticipantRoleChanged': {
      const { userId, role } = event.data;
      const seat = ownEntry(state.roster, userId);
      return {
        ...state,
        // The host's role is the meeting's own.
        grantedRoles: role === 'host' ? state.grantedRoles : { ...state.grantedRoles, [userId]: role },
        roster: seat ? { ...state.roster, [userId]: { ...seat, role } } : state.roster,
      };
    }
    case 'HostChanged': {
      const { hostUserId, hostName, previousHostUserId } = event.data;
      const others = without(state.grantedRoles, hostUserId);
      // A host whom an administrator removed runs nothing any more once another one is host.
      const grantedRoles = state.denied.includes(previousHostUserId)
        ? others
        : { ...others, [previousHostUserId]: 'co-host' as const };
      return { ...state, hostUserId, hostName, grantedRoles };
    }
    case 'BreakoutRoomsOpened': {
      const { rooms, participantsMayChoose, participantsMayReturn, closesAt } = event.data;
      const limit = closesAt !== undefined && { closesAt };
      return {
        ...state,
        breakout: { rooms, participantsMayChoose, participantsMayReturn, ...limit, closeAnnounced: false },
      };
    }
    case 'BreakoutRoomAssigned':
    case 'BreakoutRoomLeft': {
      const { userId, roomId } = event.data;
      const seat = ownEntry(state.roster, userId);
      if (!seat) return state;
      const { breakoutRoomId: _before, ...rest } = seat;
      const moved = event.type === 'BreakoutRoomAssigned' ? { ...rest, breakoutRoomId: roomId } : rest;
      return { ...state, roster: { ...state.roster, [userId]: moved }, moves: state.moves + 1 };
    }
    case 'BreakoutRoomsCloseAnnounced':
      return state.breakout ? { ...state, breakout: { ...state.breakout, closeAnnounced: true } } : state;
    case 'BreakoutRoomsClosed': {
      const { breakout: _closed, ...rest } = state;
      const back = Object.entries(state.roster).map(([userId, seat]) => {
        const { breakoutRoomId: _before, ...kept } = seat;
        return [userId, kept] as const;
      });
      return { ...rest, roster: Object.fromEntries(back), moves: state.moves + 1 };
    }
    case 'MediaPlaced':
      return { ...state, mediaWorkerId: event.data.mediaWorkerId };
    case 'MeetingRecordingStarted':
      return { ...state, recordingId: event.data.recordingId, recordingStartedBy: event.data.startedBy };
    case 'MeetingRecordingStopped': {
      const { recordingId: _stopped, recordingStartedBy: _starter, ...rest } = state;
      return rest;
    }
    default:
      return state;
  }
};

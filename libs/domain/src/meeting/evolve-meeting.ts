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
        attendance: include(state.attendance, userId),
      };
    }
    case 'ParticipantLeft': {
      const { userId, reason } = event.data;
      const roster = without(state.roster, userId);
      if (reason !== 'removed') return { ...state, roster };
      // Whoever was removed must be admitted anew, and no longer moderates. A viewer stays one: leaving must not raise anybody.
      const grantedRoles =
        ownEntry(state.grantedRoles, userId) === 'co-host'
          ? without(state.grantedRoles, userId)
          : state.grantedRoles;
      return { ...state, roster, grantedRoles, admitted: exclude(state.admitted, userId) };
    }
    case 'ParticipantRoleChanged': {
      const { userId, role } = event.data;
      const seat = ownEntry(state.roster, userId);
      return {
        ...state,
        grantedRoles: { ...state.grantedRoles, [userId]: role },
        roster: seat ? { ...state.roster, [userId]: { ...seat, role } } : state.roster,
      };
    }
    case 'MediaPlaced':
      return { ...state, mediaWorkerId: event.data.mediaWorkerId };
    case 'MeetingRecordingStarted':
      return { ...state, recordingId: event.data.recordingId };
    case 'MeetingRecordingStopped': {
      const { recordingId: _stopped, ...rest } = state;
      return rest;
    }
    default:
      return state;
  }
};

import {
  type AnyEvent,
  type MeetingState,
  ownEntry,
  type ParticipantState,
  STATUS_EVENT_TYPES,
} from '#libs/domain';
import { messageView } from '../chat-view.js';
import { minutesBetween } from '../minutes-between.js';
import { policyView } from '../policy-view.js';
import {
  type Audience,
  either,
  everybody,
  moderators,
  only,
  present,
  presentIn,
  presentOf,
} from './audience.js';
import { breakoutRoomsView, joinView, publicPolicyView, statusView } from './push-views.js';

/** What is said of an event to one audience. */
export interface Push {
  readonly to: Audience;
  readonly type: string;
  /** Whom the message is about: who came, wrote, raised a hand; else who did it. */
  readonly userId: string;
  readonly data: object;
}

/** What must be known to tell of an event. */
export interface Surroundings {
  /** The meeting as it was before the event: whoever leaves by it is told of it. */
  readonly meeting: MeetingState;
  /** The seat that the event is about, as it is after it; absent when nobody sits in it (any more). */
  readonly participant?: ParticipantState;
}

/** The event types of which {@link pushesOf} tells, and those that decide who is told. */
export const TOLD_TYPES: readonly AnyEvent['type'][] = [
  'MeetingCreated',
  'MeetingStarted',
  'MeetingEnded',
  'MeetingCancelled',
  'SecurityPolicyApplied',
  'ParticipantWaiting',
  'ParticipantAdmitted',
  'ParticipantDenied',
  'ParticipantStoppedWaiting',
  'ParticipantJoined',
  'ParticipantLeft',
  'ParticipantRoleChanged',
  'HostChanged',
  'BreakoutRoomsOpened',
  'BreakoutRoomAssigned',
  'BreakoutRoomLeft',
  'BreakoutRoomsCloseAnnounced',
  'BreakoutRoomsClosed',
  'MediaPlaced',
  'MeetingRecordingStarted',
  'MeetingRecordingStopped',
  'ParticipantSeated',
  ...STATUS_EVENT_TYPES,
  'ReactionSent',
  'ChatMessageSent',
];

/** To whoever was asked about, `admitted` or `denied`; to those who run the meeting, that one waits no more. */
const answered = (
  meeting: MeetingState,
  type: 'admitted' | 'denied',
  userId: string,
  by: string,
  at: string,
): Push[] => [
  { to: only(userId), type, userId, data: { [`${type}_by`]: by, [`${type}_at`]: at } },
  // Who was denied before may be admitted without waiting again.
  ...(ownEntry(meeting.waiting, userId)
    ? [stoppedWaiting(moderators(meeting.roster), userId, type, at)]
    : []),
];

const stoppedWaiting = (
  to: Audience,
  userId: string,
  reason: 'admitted' | 'denied' | 'left',
  stopped_at: string,
): Push => ({
  to,
  type: 'participant_stopped_waiting',
  userId,
  data: { user_id: userId, reason, stopped_at },
});

/**
 * What is told of an event, and to whom: of several pushes a user gets the first that is for them, so that one event is at
 * most one message. Depends on the log alone, so that who comes back later is told the same.
 */
export const pushesOf = (event: AnyEvent, { meeting, participant }: Surroundings): readonly Push[] => {
  const { roster } = meeting;
  const toAll = present(roster);
  const push = (type: string, userId: string, data: object, to: Audience = toAll): Push[] => [
    { to, type, userId, data },
  ];
  switch (event.type) {
    case 'MeetingStarted': {
      const { startedBy, startedAt } = event.data;
      return push(
        'meeting_started',
        startedBy,
        { started_by: startedBy, started_at: startedAt },
        // Nobody is in before it starts.
        everybody,
      );
    }
    case 'MeetingEnded': {
      const { endedBy, endedAt } = event.data;
      const duration = minutesBetween(meeting.startedAt ?? endedAt, endedAt);
      const data = { ended_by: endedBy, ended_at: endedAt, duration_minutes: duration };
      return push('meeting_ended', endedBy, data, everybody);
    }
    case 'MeetingCancelled': {
      const { cancelledBy, cancelledAt } = event.data;
      const data = { cancelled_by: cancelledBy, cancelled_at: cancelledAt };
      return push('meeting_cancelled', cancelledBy, data, everybody);
    }
    case 'SecurityPolicyApplied': {
      const { settings, appliedBy } = event.data;
      return [
        ...push('policy_update', appliedBy, policyView(settings), moderators(roster)),
        ...push('policy_update', appliedBy, publicPolicyView(settings)),
      ];
    }
    case 'ParticipantWaiting': {
      const { userId, displayName, waitingSince } = event.data;
      const data = { user_id: userId, user_name: displayName, waiting_since: waitingSince };
      return push('participant_waiting', userId, data, either(moderators(roster), only(userId)));
    }
    case 'ParticipantStoppedWaiting': {
      const { userId, stoppedAt } = event.data;
      return [stoppedWaiting(either(moderators(roster), only(userId)), userId, 'left', stoppedAt)];
    }
    case 'ParticipantAdmitted': {
      const { userId, admittedBy, admittedAt } = event.data;
      return answered(meeting, 'admitted', userId, admittedBy, admittedAt);
    }
    case 'ParticipantDenied': {
      const { userId, deniedBy, deniedAt } = event.data;
      return answered(meeting, 'denied', userId, deniedBy, deniedAt);
    }
    case 'ParticipantSeated': {
      const seat = ownEntry(roster, event.data.userId);
      return seat && participant ? push('join', seat.userId, joinView(seat, participant)) : [];
    }
    case 'ParticipantLeft': {
      const { userId, participantId, reason, leftAt } = event.data;
      // The end of the meeting tells it of everybody at once.
      if (reason === 'meeting-ended') return [];
      const data = { user_id: userId, participant_id: participantId, reason, left_at: leftAt };
      return push('leave', userId, data);
    }
    case 'ParticipantRoleChanged': {
      const { userId, participantId, role, changedBy } = event.data;
      const data = { user_id: userId, participant_id: participantId, role, changed_by: changedBy };
      return push('role_change', userId, data);
    }
    case 'HostChanged': {
      const { hostUserId, hostName, previousHostUserId, changedBy } = event.data;
      const data = { host_id: hostUserId, host_name: hostName, previous_host_id: previousHostUserId };
      return push('host_change', hostUserId, { ...data, changed_by: changedBy });
    }
    case 'AudioMuted':
    case 'AudioUnmuted':
    case 'VideoTurnedOn':
    case 'VideoTurnedOff':
    case 'ScreenShareStarted':
    case 'ScreenShareStopped':
      return participant
        ? push('participant_update', participant.userId, statusView(participant, event.data.by))
        : [];
    case 'HandRaised':
    case 'HandLowered': {
      if (!participant) return [];
      const { participantId, userId, isHandRaised } = participant;
      const data = { participant_id: participantId, is_hand_raised: isHandRaised, changed_by: event.data.by };
      return push('hand_raise', userId, data);
    }
    case 'ReactionSent': {
      if (!participant) return [];
      const { reactionType, durationSeconds } = event.data;
      const { userId, participantId } = participant;
      const data = { reaction_type: reactionType, duration: durationSeconds, participant_id: participantId };
      // It is shown on the one who reacts, whom only those in the same room see.
      return push('reaction', userId, data, presentIn(roster, ownEntry(roster, userId)?.breakoutRoomId));
    }
    case 'ChatMessageSent': {
      const { senderId, recipientId, breakoutRoomId, isBroadcast } = event.data;
      const to =
        recipientId !== undefined
          ? presentOf(roster, senderId, recipientId)
          : isBroadcast
            ? toAll
            : // Whoever was moved while writing still sees what they wrote.
              either(presentIn(roster, breakoutRoomId), presentOf(roster, senderId));
      return push('chat', senderId, messageView(event.data), to);
    }
    case 'BreakoutRoomsOpened':
      return push('breakout_rooms_opened', event.data.openedBy, breakoutRoomsView(event.data));
    case 'BreakoutRoomAssigned': {
      const { userId, participantId, roomId, assignmentType, assignedBy } = event.data;
      const who = { participant_user_id: userId, participant_id: participantId, breakout_room_id: roomId };
      const how = { assignment_type: assignmentType, assigned_by: assignedBy };
      return push('breakout_room_assigned', userId, { ...who, ...how });
    }
    case 'BreakoutRoomLeft': {
      const { userId, participantId, roomId, leftBy } = event.data;
      const who = { participant_user_id: userId, participant_id: participantId, breakout_room_id: roomId };
      return push('breakout_room_left', userId, { ...who, left_by: leftBy });
    }
    case 'BreakoutRoomsCloseAnnounced':
      return push('breakout_rooms_closing', 'system', { closes_at: event.data.closesAt });
    case 'BreakoutRoomsClosed': {
      const { reason, closedBy, closedAt } = event.data;
      const data = { reason, closed_by: closedBy, closed_at: closedAt };
      return push('breakout_rooms_closed', closedBy, data);
    }
    case 'MeetingRecordingStarted': {
      const { recordingId, startedBy, startedAt } = event.data;
      const data = { recording_id: recordingId, started_by: startedBy, started_at: startedAt };
      return push('recording_started', startedBy, data);
    }
    case 'MeetingRecordingStopped': {
      const { recordingId, stoppedBy, stoppedAt } = event.data;
      const data = { recording_id: recordingId, stopped_by: stoppedBy, stopped_at: stoppedAt };
      return push('recording_stopped', stoppedBy, data);
    }
    case 'MediaPlaced':
      // The first placement restarts nothing.
      return event.data.replaces ? push('media_restarted', 'system', {}) : [];
    default:
      return [];
  }
};

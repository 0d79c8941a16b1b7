import type { MeetingRole } from '../meeting-role.js';
import type { MeetingEvent, MeetingSettings } from './meeting-events.js';

const isOf =
  <T extends MeetingEvent['type']>(...types: readonly T[]) =>
  (event: MeetingEvent): event is Extract<MeetingEvent, { type: T }> =>
    (types as readonly string[]).includes(event.type);

const ofUser = (userId: string) => (event: MeetingEvent) =>
  'userId' in event.data && event.data.userId === userId;

/**
 * Support for property tests: what a meeting's log says, answered by looking for the last event that matters to the
 * question. Slow, and with no state that could go wrong: what `evolve` folds is held against it.
 */
export const readLog = (log: readonly MeetingEvent[]) => {
  const ended = log.some(isOf('MeetingEnded'));
  const created = log.find(isOf('MeetingCreated'));
  const users = new Set(log.flatMap(({ data }) => ('userId' in data ? [data.userId] : [])));

  const isIn = (userId: string): boolean =>
    !ended &&
    log.filter(isOf('ParticipantJoined', 'ParticipantLeft')).findLast(ofUser(userId))?.type ===
      'ParticipantJoined';
  const waits = (userId: string): boolean =>
    !ended &&
    log
      .filter(
        isOf(
          ...(['ParticipantWaiting', 'ParticipantAdmitted', 'ParticipantDenied'] as const),
          ...(['ParticipantStoppedWaiting', 'ParticipantJoined'] as const),
        ),
      )
      .findLast(ofUser(userId))?.type === 'ParticipantWaiting';
  const isRemoval = (event: MeetingEvent): boolean =>
    event.type === 'ParticipantLeft' && event.data.reason === 'removed';
  const settingsIn = (part: readonly MeetingEvent[]): MeetingSettings | undefined =>
    part.findLast(isOf('MeetingCreated', 'SecurityPolicyApplied'))?.data.settings;
  const blocks = (userId: string) => (event: MeetingEvent) =>
    isOf('SecurityPolicyApplied')(event) && event.data.settings.blockedUsers.includes(userId);
  const hostUserId = log.findLast(isOf('HostChanged'))?.data.hostUserId ?? created?.data.hostUserId;

  return {
    /** User id of the host. */
    host: hostUserId,
    settings: settingsIn(log),
    /** Participant ids by user id of those who are in. */
    present: new Map(
      [...users]
        .filter(isIn)
        .map(userId => [
          userId,
          log.filter(isOf('ParticipantJoined')).findLast(ofUser(userId))?.data.participantId,
        ]),
    ),
    waiting: [...users].filter(waits),
    role: (userId: string): MeetingRole => {
      if (userId === hostUserId) return 'host';
      const given = log.findLastIndex(
        event =>
          (isOf('ParticipantRoleChanged')(event) && ofUser(userId)(event)) ||
          (isOf('HostChanged')(event) && event.data.previousHostUserId === userId),
      );
      const change = log[given];
      const role =
        change?.type === 'ParticipantRoleChanged'
          ? change.data.role
          : change?.type === 'HostChanged'
            ? readLog(log.slice(0, given)).admission(userId) === 'denied'
              ? 'attendee'
              : 'co-host'
            : 'attendee';
      const shownTheDoor = log
        .slice(given + 1)
        .some(event => (isRemoval(event) && ofUser(userId)(event)) || blocks(userId)(event));
      return role === 'co-host' && shownTheDoor ? 'attendee' : role;
    },
    /** How the user was answered last: a removal is a denial; who is blocked no more, or came in as host, has no answer. */
    admission: (userId: string): 'admitted' | 'denied' | 'none' => {
      const answered = log.findLastIndex(
        event =>
          ofUser(userId)(event) &&
          (isOf('ParticipantAdmitted', 'ParticipantDenied')(event) || isRemoval(event)),
      );
      const answer = log[answered];
      if (!answer) return 'none';
      if (answer.type === 'ParticipantAdmitted') return 'admitted';
      const later = log.slice(answered + 1);
      const forgiven = later.some((event, index) => {
        if (event.type === 'ParticipantJoined') return ofUser(userId)(event);
        if (event.type !== 'SecurityPolicyApplied' || blocks(userId)(event)) return false;
        return settingsIn(log.slice(0, answered + 1 + index))?.blockedUsers.includes(userId) ?? false;
      });
      return forgiven ? 'none' : 'denied';
    },
    /** The breakout rooms that are open, by their ids. */
    breakoutRooms: new Map(
      log
        .slice(log.findLastIndex(isOf('BreakoutRoomsOpened', 'BreakoutRoomsClosed')))
        .filter(isOf('BreakoutRoomsOpened'))
        .flatMap(({ data }) => data.rooms.map(room => [room.roomId, room] as const)),
    ),
    /** The breakout room that a user is in. */
    breakoutRoom: (userId: string): string | undefined => {
      const last = log
        .filter(
          isOf(
            'ParticipantJoined',
            'ParticipantLeft',
            'BreakoutRoomAssigned',
            'BreakoutRoomLeft',
            'BreakoutRoomsClosed',
          ),
        )
        .findLast(event => event.type === 'BreakoutRoomsClosed' || ofUser(userId)(event));
      return last?.type === 'BreakoutRoomAssigned' ? last.data.roomId : undefined;
    },
    recordings: log
      .filter(isOf('MeetingRecordingStarted', 'MeetingRecordingStopped'))
      .map(({ type: kind, data }) => ({ kind, recordingId: data.recordingId })),
  };
};

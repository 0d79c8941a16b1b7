import type { MeetingRole } from '../meeting-role.js';
import type { MeetingEvent } from './meeting-events.js';

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
      .filter(isOf('ParticipantWaiting', 'ParticipantAdmitted', 'ParticipantDenied', 'ParticipantJoined'))
      .findLast(ofUser(userId))?.type === 'ParticipantWaiting';
  const isRemoval = (event: MeetingEvent): boolean =>
    event.type === 'ParticipantLeft' && event.data.reason === 'removed';

  return {
    creator: created?.data.hostUserId,
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
      if (userId === created?.data.hostUserId) return 'host';
      const granted = log.findLastIndex(
        event => isOf('ParticipantRoleChanged')(event) && ofUser(userId)(event),
      );
      const removedLater = log.slice(granted + 1).some(event => isRemoval(event) && ofUser(userId)(event));
      const change = log[granted];
      const role = change?.type === 'ParticipantRoleChanged' ? change.data.role : 'attendee';
      return role === 'co-host' && removedLater ? 'attendee' : role;
    },
    /** How the host answered this user last; a removal takes an admission back. */
    admission: (userId: string): 'admitted' | 'denied' | 'none' => {
      const last = log
        .filter(event => isOf('ParticipantAdmitted', 'ParticipantDenied')(event) || isRemoval(event))
        .findLast(ofUser(userId));
      return last?.type === 'ParticipantAdmitted'
        ? 'admitted'
        : last?.type === 'ParticipantDenied'
          ? 'denied'
          : 'none';
    },
    recordings: log
      .filter(isOf('MeetingRecordingStarted', 'MeetingRecordingStopped'))
      .map(({ type: kind, data }) => ({ kind, recordingId: data.recordingId })),
  };
};

import type { MeetingState } from '../session/meeting-state.js';
import type { WaitingUser } from '../session/protocol.js';

/** The name by which this page knows a user; the id where it knows none. */
export const nameOfUser = (meeting: MeetingState, userId: string): string => {
  const { participants, waiting, turnedAway, messages } = meeting;
  const seen = [...participants, ...waiting, ...turnedAway].find(({ user_id }) => user_id === userId);
  if (seen) return seen.display_name;
  return messages.findLast(({ sender_id }) => sender_id === userId)?.sender_name ?? userId;
};

export interface PeopleSomewhere {
  readonly where: string;
  readonly people: readonly WaitingUser[];
}

/** Who could be blocked, by where they are, each once: neither the host nor oneself, nor who is blocked already. */
export const blockablePeople = (
  meeting: MeetingState,
  blocked: readonly string[],
): readonly PeopleSomewhere[] => {
  const own = meeting.participants.find(({ participant_id }) => participant_id === meeting.selfId);
  const named = new Set([...blocked, meeting.hostId, own?.user_id]);
  const fresh = (users: readonly WaitingUser[]): readonly WaitingUser[] =>
    users.flatMap(({ user_id, display_name }) => {
      if (named.has(user_id)) return [];
      named.add(user_id);
      return [{ user_id, display_name }];
    });
  return [
    { where: 'In the meeting', people: fresh(meeting.participants) },
    { where: 'Waiting', people: fresh(meeting.waiting) },
    { where: 'Sent away', people: fresh(meeting.turnedAway) },
  ].filter(({ people }) => people.length > 0);
};

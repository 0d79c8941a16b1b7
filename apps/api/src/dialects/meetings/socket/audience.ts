import { type MeetingState, mayModerate, ownEntry } from '#libs/domain';

/** Whether a user is among those whom a message is for. */
export type Audience = (userId: string) => boolean;
type Roster = MeetingState['roster'];

/** Every socket at the meeting, also of those who are not in it (yet). */
export const everybody: Audience = () => true;

/** Who has a seat in the meeting, in whatever room. */
export const present =
  (roster: Roster): Audience =>
  userId =>
    Object.hasOwn(roster, userId);

/** Who is in the meeting and in this room; undefined is the main room. */
export const presentIn =
  (roster: Roster, roomId: string | undefined): Audience =>
  userId => {
    const seat = ownEntry(roster, userId);
    return seat !== undefined && seat.breakoutRoomId === roomId;
  };

/** Those of these users who are in the meeting. */
export const presentOf =
  (roster: Roster, ...userIds: readonly string[]): Audience =>
  userId =>
    userIds.includes(userId) && Object.hasOwn(roster, userId);

/** This user, in the meeting or not. */
export const only =
  (userId: string): Audience =>
  other =>
    other === userId;

/** Host and co-hosts who are in the meeting. */
export const moderators =
  (roster: Roster): Audience =>
  userId =>
    mayModerate(ownEntry(roster, userId)?.role);

/** Whoever is in one of two audiences. */
export const either =
  (one: Audience, other: Audience): Audience =>
  userId =>
    one(userId) || other(userId);

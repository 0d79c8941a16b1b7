import type { RoomOf } from './room-watch.js';

interface Seated {
  readonly participantId: string;
  readonly userId: string;
}

/** A track that some can receive no more, and others can from now on; both by user id. */
export interface ReachChange<Track> {
  readonly track: Track;
  readonly lost: readonly string[];
  readonly gained: readonly string[];
}

/** What moves between rooms change for whom: each receives the tracks of those in the same room. */
export const reachChanges = <Track extends { readonly participant_id: string }>(
  people: readonly Seated[],
  tracks: readonly Track[],
  before: RoomOf,
  after: RoomOf,
): ReachChange<Track>[] => {
  const hasMoved = (id: string): boolean => before.get(id)?.roomId !== after.get(id)?.roomId;
  const together = (rooms: RoomOf, one: string, other: string): boolean =>
    rooms.get(one)?.roomId === rooms.get(other)?.roomId;
  const moved = people.filter(({ participantId }) => hasMoved(participantId));
  return tracks.flatMap(track => {
    const { participant_id: sender } = track;
    const concerned = hasMoved(sender) ? people : moved;
    const others = concerned.filter(({ participantId }) => participantId !== sender);
    const those = (from: RoomOf, to: RoomOf): string[] =>
      others
        .filter(({ participantId: id }) => together(from, id, sender) && !together(to, id, sender))
        .map(({ userId }) => userId);
    const [lost, gained] = [those(before, after), those(after, before)];
    return lost.length + gained.length > 0 ? [{ track, lost, gained }] : [];
  });
};

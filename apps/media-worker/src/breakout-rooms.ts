import type { MediaRooms } from '#libs/work-queues';

/** Who is in which room of one meeting, as far as this worker was told. Without a word everybody is in the main room. */
export class BreakoutRooms {
  #moves = 0;
  #roomOf: ReadonlyMap<string, string> = new Map();

  /** How often people had moved when this was known. */
  get moves(): number {
    return this.#moves;
  }

  /** Takes in what is newer than what is known. @returns whether it is */
  take({ moves, roomOf }: MediaRooms): boolean {
    if (moves <= this.#moves) return false;
    this.#moves = moves;
    this.#roomOf = new Map(Object.entries(roomOf));
    return true;
  }

  /** Whether these two participants see and hear each other. */
  together(participantId: string, other: string): boolean {
    return this.#roomOf.get(participantId) === this.#roomOf.get(other);
  }

  /** Whether this participant is in the main room, which alone is recorded. */
  inMainRoom(participantId: string): boolean {
    return !this.#roomOf.has(participantId);
  }
}

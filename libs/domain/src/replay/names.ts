import type { AnyEvent } from '../any-event.js';
import type { MediaSource } from '../participant/participant-events.js';
import { SYSTEM } from '../principal.js';

/** What a timeline calls those whom events know by id; an unknown id stands for itself. */
export interface Names {
  user(userId: string): string;
  participant(participantId: string): string;
  /** Id of the user whose seat this is. */
  owner(participantId: string): string | undefined;
  /** What a breakout room is called. */
  breakoutRoom(roomId: string): string;
  /** What a producer sends: `camera`, `screen audio`. */
  producer(producerId: string): string;
}

export const sourceName = (source: MediaSource): string => source.replaceAll('-', ' ');

/**
 * One line of readable text from what a user may have chosen: without line breaks, terminal control sequences, or marks
 * that turn the writing direction and so could make a line read as another.
 */
export const oneLine = (text: string): string =>
  text
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();

/** The names that these events give. A user who came under several names goes by the last. */
export const namesIn = (events: Iterable<AnyEvent>): Names => {
  const users = new Map([[SYSTEM.userId, SYSTEM.name]]);
  const participants = new Map<string, string>();
  const owners = new Map<string, string>();
  const producers = new Map<string, string>();
  const rooms = new Map<string, string>();
  for (const event of events) {
    switch (event.type) {
      case 'MeetingCreated':
        users.set(event.data.hostUserId, event.data.hostName);
        break;
      case 'ParticipantWaiting':
        users.set(event.data.userId, event.data.displayName);
        break;
      case 'ParticipantJoined':
        users.set(event.data.userId, event.data.displayName);
        participants.set(event.data.participantId, event.data.displayName);
        owners.set(event.data.participantId, event.data.userId);
        break;
      case 'HostChanged':
        users.set(event.data.hostUserId, event.data.hostName);
        break;
      case 'BreakoutRoomsOpened':
        for (const { roomId, name } of event.data.rooms) rooms.set(roomId, name);
        break;
      case 'ProducerOpened':
        producers.set(event.data.producerId, sourceName(event.data.source));
    }
  }
  const nameIn = (names: ReadonlyMap<string, string>) => (id: string) =>
    oneLine(names.get(id) ?? '') || oneLine(id);
  return {
    user: nameIn(users),
    participant: nameIn(participants),
    owner: participantId => owners.get(participantId),
    breakoutRoom: nameIn(rooms),
    producer: nameIn(producers),
  };
};

import { DomainError, Room, roomName, streamOf, type RoomOpened } from '#libs/domain';
import type { EventLogReader } from '#libs/event-log';

/** The meeting that a text names: where a room has this name, the one it leads to now; else the text itself, an id. */
export const meetingNamed = async (log: EventLogReader, text: string): Promise<string> => {
  try {
    const newest = { direction: 'backwards', limit: 1 } as const;
    for await (const { data } of log.readStream(streamOf(Room, roomName(text)), newest)) {
      return (data as RoomOpened['data']).meetingId;
    }
  } catch (error) {
    // Not what a room can be called: then it is an id, or a mistake.
    if (!(error instanceof DomainError)) throw error;
  }
  return text;
};

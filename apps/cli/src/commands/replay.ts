import type { Command } from 'commander';
import { loadConfig } from '#libs/config';
import { DomainError, momentEvent, Room, roomName, streamOf, type RoomOpened } from '#libs/domain';
import { type EventLogReader, openEventLogReader, readMeeting } from '#libs/event-log';
import { CommandFailure } from '../command-failure.js';
import { timelineText } from '../timeline-text.js';

/** The meeting that a room's name leads to now, if it is the name of one. */
const meetingOfRoom = async (log: EventLogReader, text: string): Promise<string | undefined> => {
  try {
    for await (const { data } of log.readStream(streamOf(Room, roomName(text)), {
      direction: 'backwards',
      limit: 1,
    })) {
      return (data as RoomOpened['data']).meetingId;
    }
  } catch (error) {
    // Not what a room can be called: then it is an id, or a mistake.
    if (!(error instanceof DomainError)) throw error;
  }
  return undefined;
};

const replay = async (meeting: string): Promise<void> => {
  const config = loadConfig();
  const log = await openEventLogReader(config);
  try {
    const events = await readMeeting(log, (await meetingOfRoom(log, meeting)) ?? meeting);
    if (events.length === 0) {
      throw new CommandFailure(
        `There is no meeting ${meeting} in ${config.dataDir}. Give a meeting's id or a room's name.`,
      );
    }
    process.stdout.write(timelineText(events.map(momentEvent)));
  } finally {
    await log.close();
  }
};

export const addReplay = (program: Command): void => {
  program
    .command('replay')
    .description('print what happened in a meeting, from the log; the system may run or not')
    .argument('<meeting>', "the meeting's id, or the name of its room")
    .action(replay);
};

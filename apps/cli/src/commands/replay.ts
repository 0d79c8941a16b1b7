import type { Command } from 'commander';
import { momentEvent, shownEvent } from '#libs/domain';
import { readMeeting } from '#libs/event-log';
import { CommandFailure } from '../command-failure.js';
import { meetingNamed } from '../meeting-named.js';
import { DATA_OPTION, withLog } from '../open-log.js';
import { timelineText } from '../timeline-text.js';

const replay = (meeting: string, { data }: { readonly data?: string }): Promise<void> =>
  withLog(data, async log => {
    const events = await readMeeting(log, await meetingNamed(log, meeting));
    if (events.length === 0) {
      throw new CommandFailure(
        `There is no meeting ${meeting} in the log. Give a meeting's id or a room's name.`,
      );
    }
    // Who runs the command line is nobody's recipient.
    const shown = events.flatMap(event => shownEvent(event, '') ?? []);
    process.stdout.write(timelineText(shown.map(momentEvent)));
  });

export const addReplay = (program: Command): void => {
  program
    .command('replay')
    .description('print what happened in a meeting, from the log; the system may run or not')
    .argument('<meeting>', "the meeting's id, or the name of its room")
    .option(...DATA_OPTION)
    .action(replay);
};

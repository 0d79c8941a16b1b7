import { join } from 'node:path';
import type { Command } from 'commander';
import { loadConfig } from '#libs/config';
import { momentEvent, type EventOfLog } from '#libs/domain';
import { ApiClient } from '../demo/api-client.js';
import { awaitComposition } from '../demo/await-composition.js';
import { requireRunning } from '../running-system.js';
import { signToken } from '../sign-token.js';
import { timelineText } from '../timeline-text.js';

const TOKEN_SECONDS = 3600;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Holds a real meeting against the running system, in front of the user. */
const demo = async (): Promise<void> => {
  const config = loadConfig();
  const { address } = requireRunning(config.dataDir);
  const tokenFor = (name: string): string =>
    signToken(config, { sub: `demo-${name.toLowerCase()}`, name, roles: [] }, TOKEN_SECONDS);
  const host = new ApiClient(address, tokenFor('Ada'));

  // Loaded when it is asked for: Playwright is large, and the other commands do without.
  const { holdMeeting } = await import('../demo/hold-meeting.js');
  say('Three people meet in three headless browsers. This takes about half a minute.\n');
  const { meetingId, recordingId } = await holdMeeting({
    address,
    host,
    tokenFor,
    say: line => say(`  ${line}`),
  });
  await awaitComposition(host, recordingId, line => say(`  ${line}`));

  const { events } = await host.call<{ events: EventOfLog[] }>('GET', `/api/v1/meetings/${meetingId}/events`);
  say(`\nWhat happened, replayed from the log (parley replay ${meetingId} shows it again):\n`);
  process.stdout.write(timelineText(events.map(momentEvent)));
  say(`\nThe recording: ${join(config.dataDir, 'recordings', recordingId, 'recording.mp4')}`);
};

export const addDemo = (program: Command): void => {
  program
    .command('demo')
    .description('hold a meeting of three headless browsers on the running system, record it and replay it')
    .action(demo);
};

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningApi } from '../../../apps/api/src/testing/running-api.js';
import { until } from '../../../apps/api/src/testing/until.js';
import { installSdk } from './installed-sdk-for-tests.js';

/** Word for word as the meetings document shows it. */
const EXAMPLE = `
// Initialize meeting client
const meetingClient = new MeetingClient({
  apiUrl: 'https://api.example.com',
  token: 'your-jwt-token'
});

// Start a meeting
try {
  const result = await meetingClient.startMeeting('meeting-id');
  console.log('Meeting started:', result);
} catch (error) {
  if (error.code === 'MEETING_ALREADY_ACTIVE') {
    console.log('Meeting is already running');
  }
}

// Join a meeting
const participant = await meetingClient.joinMeeting('meeting-id', {
  connectionId: 'conn-123',
  deviceType: 'desktop'
});

// Listen for real-time updates
meetingClient.on('participant_update', (update) => {
  console.log('Participant updated:', update);
});

// Send chat message
await meetingClient.sendChatMessage('meeting-id', {
  content: 'Hello everyone!',
  messageType: 'text'
});
`;

describe('the SDK for JavaScript, packed and installed as docs/CLIENTS.md says', () => {
  let api: RunningApi;
  let dir: string;
  const running: ChildProcess[] = [];
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'parley-sdk-'));
    installSdk(dir);
    // The test asks again and again.
    api = await RunningApi.start({ PARLEY_RATE_LIMITS: 'off' });
  }, 240_000);
  afterAll(async () => {
    for (const child of running) child.kill('SIGKILL');
    rmSync(dir, { recursive: true });
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });

  /** Runs it as a user would, and shows what it prints. */
  const run = (meetingId: string): { printed: () => string } => {
    const mine = EXAMPLE.replace('https://api.example.com', api.address)
      .replace('your-jwt-token', api.token('ada'))
      .replaceAll('meeting-id', meetingId);
    const file = join(dir, 'app', `example-${running.length}.js`);
    writeFileSync(file, `import { MeetingClient } from '@parley/meeting-sdk';\n${mine}`);
    const child = spawn(process.execPath, [file], { env: { ...process.env, NODE_OPTIONS: '' } });
    running.push(child);
    let output = '';
    child.stdout.on('data', chunk => (output += String(chunk)));
    child.stderr.on('data', chunk => (output += String(chunk)));
    return { printed: () => output };
  };

  it('runs the document’s example: starts, joins, writes, and hears of what others do', async () => {
    const id = await api.meeting('ada', {}, false);
    const first = run(id);
    const rest = api.as('grace');
    const at = `/api/v1/meetings/${id}`;
    await until(`a message in the chat; printed: ${first.printed()}`, async () => {
      const { body } = await api.as('ada').get<{ data?: unknown[] }>(`${at}/chat`);
      return body.data?.length === 1;
    });
    expect(first.printed()).toMatch(
      new RegExp(`^Meeting started: \\{\\s+meetingId: '${id}',\\s+startedBy: 'ada'`),
    );

    await rest.post(`${at}/join`, { join_muted: true });
    await until('the update', async () => {
      // The socket may open after the message was sent: whoever listens hears of the next change.
      for (const is_muted of [false, true]) await rest.put(`${at}/participants/status`, { is_muted });
      return first.printed().includes('Participant updated:');
    });
    expect(first.printed()).toMatch(
      /Participant updated: \{[^]*type: 'participant_update'[^]*userId: 'grace'/,
    );

    const second = run(id);
    await until('the second run', () => second.printed().includes('Meeting is already running'));
  });
});

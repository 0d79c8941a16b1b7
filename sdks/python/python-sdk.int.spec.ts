import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningApi } from '../../apps/api/src/testing/running-api.js';

/** Debian's own, which has the packages that set-up installs; whatever else is called python3 may have none. */
const PYTHON = '/usr/bin/python3';
const HERE = dirname(fileURLToPath(import.meta.url));

/** Word for word as the meetings document shows it, below the line that imports. */
const EXAMPLE = `
# Initialize client
client = MeetingClient(
    api_url='https://api.example.com',
    token='your-jwt-token'
)

async def main():
    # Start meeting
    try:
        result = await client.start_meeting('meeting-id')
        print(f"Meeting started: {result}")
    except MeetingError as e:
        if e.code == 'MEETING_ALREADY_ACTIVE':
            print("Meeting is already running")
    
    # Join meeting
    participant = await client.join_meeting('meeting-id', {
        'connection_id': 'conn-123',
        'device_type': 'desktop'
    })
    
    # Send chat message
    await client.send_chat_message('meeting-id', {
        'content': 'Hello from Python!',
        'message_type': 'text'
    })

asyncio.run(main())
`;

const runPython = (
  args: string[],
  env: Record<string, string> = {},
): Promise<{ code: number | null; output: string }> =>
  new Promise((resolve, reject) => {
    const python = spawn(PYTHON, ['-W', 'error', ...args], {
      cwd: HERE,
      env: { ...process.env, PYTHONPATH: HERE, PYTHONDONTWRITEBYTECODE: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    python.stdout.on('data', chunk => (output += String(chunk)));
    python.stderr.on('data', chunk => (output += String(chunk)));
    python.once('error', reject);
    python.once('close', code => resolve({ code, output }));
  });

describe('the SDK for Python', () => {
  let api: RunningApi;
  let dir: string;
  beforeAll(async () => {
    api = await RunningApi.start();
    dir = mkdtempSync(join(tmpdir(), 'parley-python-'));
  }, 30_000);
  afterAll(async () => {
    rmSync(dir, { recursive: true });
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });

  it('passes its own tests', async () => {
    const { code, output } = await runPython(['-m', 'unittest', 'discover', '-s', 'tests']);
    expect([code, output]).toEqual([0, expect.stringMatching(/Ran \d\d tests[^]*OK/)]);
  });

  it('runs the document’s example, which finds a meeting scheduled and finds it running', async () => {
    const id = await api.meeting('ada', {}, false);
    const file = join(dir, 'example.py');
    const mine = EXAMPLE.replace('https://api.example.com', api.address)
      .replace('your-jwt-token', api.token('ada', { name: 'Ada Lovelace' }))
      .replaceAll('meeting-id', id);
    writeFileSync(file, `import asyncio\nfrom meeting_sdk import MeetingClient, MeetingError\n${mine}`);

    expect(await runPython([file])).toEqual({
      code: 0,
      output: expect.stringMatching(`^Meeting started: .*'meeting_id': '${id}', 'started_by': 'ada'`),
    });
    expect(await runPython([file])).toEqual({ code: 0, output: 'Meeting is already running\n' });

    const rest = api.as('ada');
    const { body: people } = await rest.get(`/api/v1/meetings/${id}/participants`);
    expect(people).toMatchObject({ data: [{ user_id: 'ada', device_type: 'desktop' }] });
    const { body: chat } = await rest.get(`/api/v1/meetings/${id}/chat`);
    expect(chat).toMatchObject({
      data: [
        { content: 'Hello from Python!', sender_name: 'Ada Lovelace' },
        { content: 'Hello from Python!' },
      ],
    });
  });
});

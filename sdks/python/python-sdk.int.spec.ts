import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BreakableNetwork } from '../../apps/api/src/testing/breakable-network.js';
import { RunningApi } from '../../apps/api/src/testing/running-api.js';
import { until } from '../../apps/api/src/testing/until.js';

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

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

const running = new Set<ChildProcess>();

/** Runs Python with the SDK at hand; `printed` is told all that it printed so far. */
const runPython = (args: string[], printed: (output: string) => void = () => {}): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const python = spawn(PYTHON, ['-W', 'error', ...args], {
      cwd: HERE,
      env: { ...process.env, PYTHONPATH: HERE, PYTHONDONTWRITEBYTECODE: '1', PYTHONUNBUFFERED: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(python);
    let output = '';
    for (const stream of [python.stdout, python.stderr]) {
      stream.on('data', chunk => printed((output += String(chunk))));
    }
    python.once('error', reject);
    python.once('close', code => {
      running.delete(python);
      resolve({ code, output });
    });
  });

/** Prints what is written in a meeting, until it is over; reacts to the first word. */
const LISTENER = `
import asyncio, sys
from meeting_sdk import MeetingClient, MeetingError

async def main():
    address, token, meeting_id = sys.argv[1:]
    client = MeetingClient(address, lambda: token)
    async with client.connect(meeting_id) as meeting:
        print('connected')
        async for message in meeting:
            if message['type'] == 'chat':
                print(message['data']['content'])
            if message['data'].get('content') == 'first':
                await meeting.send_reaction('thumbs_up')
                print('reacted')
            if message['type'] == 'meeting_ended':
                print('the end')
    try:
        async with client.connect(meeting_id):
            pass
    except MeetingError as e:
        print(e.code)

asyncio.run(main())
`;

describe('the SDK for Python', () => {
  let api: RunningApi;
  let network: BreakableNetwork;
  let dir: string;
  beforeAll(async () => {
    api = await RunningApi.start();
    network = await BreakableNetwork.before(() => api.address);
    dir = mkdtempSync(join(tmpdir(), 'parley-python-'));
  }, 90_000);
  afterAll(async () => {
    for (const python of running) python.kill('SIGKILL');
    await network.end();
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

  it('tells what is said, each word once, also over a network that is cut', async () => {
    const id = await api.meeting('ada');
    await api.as('ada').post(`/api/v1/meetings/${id}/join`, {});
    const say = (content: string): Promise<unknown> =>
      api.as('ada').post(`/api/v1/meetings/${id}/chat`, { content });
    const file = join(dir, 'listener.py');
    writeFileSync(file, LISTENER);
    let output = '';
    const ended = runPython([file, network.address, api.token('ada'), id], all => (output = all));
    await until('it is connected', () => output.includes('connected'));
    await say('first');
    await until('it has reacted', () => output.includes('reacted'));
    network.cut();
    for (const content of ['second', 'third']) await say(content);
    network.mend();
    await until('what it missed', () => output.includes('third'));
    await api.as('ada').post(`/api/v1/meetings/${id}/end`);
    expect(await ended).toEqual({
      code: 0,
      output: 'connected\nfirst\nreacted\nsecond\nthird\nthe end\nMEETING_ENDED\n',
    });
  });

  it('without the package websockets it says which one is missing, and REST works all the same', async () => {
    const file = join(dir, 'no-websockets.py');
    const hidden = `import asyncio, sys\nsys.modules['websockets'] = None\n`;
    const rest = `from meeting_sdk import MeetingClient\nclient = MeetingClient('${api.address}', '${api.token('ada')}')\n`;
    const id = await api.meeting('ada');
    writeFileSync(
      file,
      `${hidden}${rest}
async def main():
    print((await client.get_meeting_status('${id}'))['status'])
    try:
        async with client.connect('${id}'):
            pass
    except ImportError as e:
        print(e)
asyncio.run(main())
`,
    );
    expect(await runPython([file])).toEqual({
      code: 0,
      output: "in_progress\nLive messages need the package websockets: pip install 'meeting-sdk[realtime]'\n",
    });
  });
});

/**
 * From the press on Join to the first decoded picture of another participant, in Chromium, against a whole running
 * system; beside the least that WebRTC itself takes: two peer connections in one page, over loopback, in the same run.
 * Aim: under 1.5 s.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  type FakeDevice,
  type FakeDeviceLook,
  makeFakeDevice,
  plainLook,
} from '../apps/cli/src/demo/fake-device.js';
import { ParticipantPage } from '../apps/cli/src/demo/participant-page.js';
import { RunningSystem } from './running-system.js';

const JOINS = 8;

interface PageGlobal {
  parley: { session: { joinedAt: number; firstFrameAt?: number } };
}

/** Milliseconds from joining to the first picture, as the page measured it. */
const joinToPicture = async ({ page }: ParticipantPage): Promise<number> => {
  await page.waitForFunction(
    () => (globalThis as unknown as PageGlobal).parley.session.firstFrameAt !== undefined,
  );
  return page.evaluate(() => {
    const { joinedAt, firstFrameAt = NaN } = (globalThis as unknown as PageGlobal).parley.session;
    return firstFrameAt - joinedAt;
  });
};

/** Milliseconds from asking for the camera to the first picture at the other end of a bare peer connection. */
const barePeers = ({ page }: ParticipantPage): Promise<number> =>
  page.evaluate<number>(
    `(${readFileSync(resolve('bench/bare-peers.mjs'), 'utf8').replace('export default', '').replace(/;\s*$/, '')})()`,
  );

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

const LOOKS: readonly FakeDeviceLook[] = [
  { ...plainLook('red', 440), name: '320x180, one layer' },
  {
    name: '640x360, two layers',
    picture: 'testsrc2=s=640x360:r=15:d=4',
    sound: 'sine=frequency=440:sample_rate=48000:duration=4',
  },
];

const row = (what: string, values: readonly number[], bare: readonly number[]) => ({
  what,
  'median ms': Math.round(median(values)),
  'least ms': Math.round(Math.min(...values)),
  'most ms': Math.round(Math.max(...values)),
  'times bare': Number((median(values) / median(bare)).toFixed(2)),
});

/** Joins of a second participant, one after the other, to one who is there. */
const measure = async (address: string, device: FakeDevice): Promise<{ joins: number[]; bare: number[] }> => {
  const first = await ParticipantPage.join(address, 'bench', 'First', device);
  const joins: number[] = [];
  const bare: number[] = [];
  for (let turn = 0; turn < JOINS; turn++) {
    const other = await ParticipantPage.join(address, 'bench', `Guest ${turn}`, device);
    joins.push(await joinToPicture(other));
    await other.page.getByTestId('leave-button').click();
    bare.push(await barePeers(other));
    await other.close();
  }
  await first.close();
  return { joins, bare };
};

const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'));
const system = await RunningSystem.start({ PARLEY_DISCONNECT_GRACE_SECONDS: '1' });
try {
  const rows = [];
  for (const look of LOOKS) {
    const { joins, bare } = await measure(system.address, makeFakeDevice(folder, look));
    rows.push(row(`join to first decoded picture, ${look.name}`, joins, bare));
    rows.push(row('bare peer connections in one page', bare, bare));
  }
  console.table(rows);
} finally {
  await system.stop();
  rmSync(folder, { recursive: true });
}

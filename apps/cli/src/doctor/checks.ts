import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import type { Config } from '#libs/config';
import { lives } from '../supervisor/process-identity.js';
import { readRunRecord } from '../supervisor/run-record.js';
import { apiPort, checkMediaPorts } from '../supervisor/ports.js';
import type { CheckResult } from './check-result.js';
import { firstLine, programOutput } from './program-output.js';

const LEAST_NODE = 24;
const FONT = '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf';
/** mediasoup-worker's own exit code for "started without MEDIASOUP_VERSION": it runs on this machine. */
const WORKER_RUNS = 41;

const install = (debianPackage: string): string =>
  `apt-get install --no-install-recommends ${debianPackage}, or npm start as root`;

const node = (): CheckResult => ({
  what: 'Node',
  verdict: Number(process.versions.node.split('.')[0]) >= LEAST_NODE ? 'good' : 'bad',
  found: process.versions.node,
  remedy: `run it with node_modules/node/bin/node, as npm run parley does`,
});

const mediasoupWorker = (): CheckResult => {
  const path = process.env.MEDIASOUP_WORKER_BIN ?? '';
  const runs = path !== '' && spawnSync(path, [], { env: {} }).status === WORKER_RUNS;
  const found = runs ? path : path && existsSync(path) ? `${path} does not run` : 'not there';
  return { what: 'mediasoup worker', verdict: runs ? 'good' : 'bad', found, remedy: 'npm start builds it' };
};

const redis = (config: Config): CheckResult => {
  const output = programOutput('redis-server', ['--version']);
  const needed = config.redisUrl.startsWith('unix:');
  return {
    what: 'redis-server',
    verdict: output ? 'good' : needed ? 'bad' : 'missing',
    found: output ? firstLine(output) : 'not installed',
    remedy: install('redis-server'),
  };
};

const ffmpeg = (): CheckResult => {
  const version = programOutput('ffmpeg', ['-version']);
  if (!version) return { what: 'FFmpeg', verdict: 'bad', found: 'not installed', remedy: install('ffmpeg') };
  const lacking = [
    ...(programOutput('ffmpeg', ['-hide_banner', '-encoders'])?.includes(' libx264 ') ? [] : ['libx264']),
    ...(programOutput('ffmpeg', ['-hide_banner', '-filters'])?.includes(' drawtext ') ? [] : ['drawtext']),
    ...(programOutput('ffprobe', ['-version']) ? [] : ['ffprobe']),
  ];
  return {
    what: 'FFmpeg',
    verdict: lacking.length === 0 ? 'good' : 'bad',
    found: lacking.length === 0 ? firstLine(version) : `lacks ${lacking.join(', ')}`,
    remedy: `${install('ffmpeg')}: Debian's has all three`,
  };
};

const font = (): CheckResult => ({
  what: 'DejaVu font',
  verdict: existsSync(FONT) ? 'good' : 'bad',
  found: existsSync(FONT) ? FONT : 'not installed',
  remedy: install('fonts-dejavu-core'),
});

const chromium = (): CheckResult => {
  const output = programOutput('chromium', ['--version']);
  return {
    what: 'Chromium',
    verdict: output ? 'good' : 'missing',
    found: output ? firstLine(output) : 'not installed; only npm test and npm run demo use it',
    remedy: install('chromium'),
  };
};

const dataDirectory = ({ dataDir }: Config): CheckResult => {
  const what = 'Data directory';
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.R_OK | constants.W_OK);
    return { what, verdict: 'good', found: dataDir };
  } catch (error) {
    return {
      what,
      verdict: 'bad',
      found: (error as Error).message,
      remedy: 'mend its rights, or set PARLEY_DATA_DIR',
    };
  }
};

const ports = async ({ host, port, media, dataDir }: Config): Promise<CheckResult> => {
  const what = 'Ports';
  const running = readRunRecord(dataDir);
  if (running && lives(running.supervisor))
    return { what, verdict: 'good', found: `Parley runs at ${running.address}` };
  try {
    await apiPort(host, port);
    await checkMediaPorts(media.host, media.port, media.workers);
    return { what, verdict: 'good', found: `${port} and ${media.port} are free` };
  } catch (error) {
    return { what, verdict: 'bad', found: (error as Error).message };
  }
};

/** Everything that a start depends on, looked at one by one. */
export const checks = async (config: Config): Promise<CheckResult[]> => [
  node(),
  mediasoupWorker(),
  redis(config),
  ffmpeg(),
  font(),
  chromium(),
  dataDirectory(config),
  await ports(config),
];

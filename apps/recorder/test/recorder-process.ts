import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readlink, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const ROOT = resolve(import.meta.dirname, '../../..');

/** Builds the recorder as the project's build does, into a folder of its own. */
export const buildRecorder = async (into: string): Promise<void> => {
  const swc = join(ROOT, 'node_modules/@swc/cli/bin/swc.js');
  const sources = ['apps/recorder/src', 'libs'];
  await promisify(execFile)(process.execPath, [swc, ...sources, '-d', into, '--ignore', '**/*.spec.ts'], {
    cwd: ROOT,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  await mkdir(into, { recursive: true });
  const manifest = { type: 'module', imports: { '#libs/*': './libs/*/src/index.js' } };
  await writeFile(join(into, 'package.json'), JSON.stringify(manifest));
  await symlink(join(ROOT, 'node_modules'), join(into, 'node_modules'));
};

export interface RecorderProcess {
  readonly child: ChildProcess;
  /** Log lines so far. */
  readonly log: Record<string, unknown>[];
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

export const startRecorderProcess = (
  built: string,
  settings: { readonly dataDir: string; readonly redisUrl: string },
): RecorderProcess => {
  const child = spawn(process.execPath, ['--enable-source-maps', join(built, 'apps/recorder/src/main.js')], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: {
      PATH: process.env.PATH,
      PARLEY_DATA_DIR: settings.dataDir,
      PARLEY_REDIS_URL: settings.redisUrl,
      PARLEY_RECORDING_WIDTH: '640',
      PARLEY_RECORDING_HEIGHT: '360',
    },
  });
  const log: Record<string, unknown>[] = [];
  let rest = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    log.push(...lines.map(line => JSON.parse(line) as Record<string, unknown>));
  });
  return {
    child,
    log,
    end: async signal => {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit');
        child.kill(signal);
        await ended;
      }
      return { code: child.exitCode, signal: child.signalCode };
    },
  };
};

/** Waits until a value is there, looking often. @throws Error after the time limit */
export const eventually = async <T>(
  look: () => T | Promise<T>,
  withinMs = 120_000,
): Promise<NonNullable<T>> => {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const value = await look();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${String(look)}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
};

/** Process ids of FFmpeg processes that work in or below a folder. */
export const ffmpegIn = async (directory: string): Promise<string[]> => {
  const found: string[] = [];
  for (const pid of (await readdir('/proc')).filter(name => /^\d+$/.test(name))) {
    const [program, cwd] = await Promise.all(
      ['exe', 'cwd'].map(link => readlink(`/proc/${pid}/${link}`).catch(() => '')),
    );
    if (program!.endsWith('/ffmpeg') && cwd!.startsWith(directory)) found.push(pid);
  }
  return found;
};

/** Sends a signal to processes, unless they have ended meanwhile. */
export const signal = (processIds: readonly string[], name: NodeJS.Signals): void => {
  for (const processId of processIds) {
    try {
      process.kill(Number(processId), name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
};

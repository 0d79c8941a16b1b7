import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { constants as priorities, setPriority } from 'node:os';

/** FFmpeg ended otherwise than well. The message is its last words. */
export class FfmpegError extends Error {
  constructor(
    readonly exitCode: number | null,
    lastWords: string,
  ) {
    super(lastWords || `FFmpeg ended with code ${exitCode}`);
    this.name = 'FfmpegError';
  }
}

export interface FfmpegProgress {
  /** Pictures written. */
  readonly frame: number;
  /** Media time written. */
  readonly seconds: number;
}

export interface FfmpegOptions {
  readonly onProgress?: (progress: FfmpegProgress) => void;
  readonly signal?: AbortSignal;
  /** Folder that relative paths count from. */
  readonly cwd?: string;
}

/** util-linux has it; elsewhere children of a killed recorder end on their own. */
const SETPRIV = ['/usr/bin/setpriv', '/bin/setpriv'].find(path => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
});

const LAST_WORDS = 2000;

/** Reads `key=value` lines of `-progress`; a block ends with `progress=`. */
const progressReader = (onProgress: (progress: FfmpegProgress) => void): ((text: string) => void) => {
  let rest = '';
  let [frame, seconds] = [0, 0];
  return text => {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      const [key, value] = line.split('=');
      if (key === 'frame') frame = Number(value) || 0;
      if (key === 'out_time_us') seconds = Math.max(0, Number(value) / 1e6 || 0);
      if (key === 'progress') onProgress({ frame, seconds });
    }
  };
};

/**
 * Runs FFmpeg to its end, at low priority, so that live meetings come first. It dies with this process, also when that is
 * killed. @throws FfmpegError; AbortError when the signal aborts it
 */
export const runFfmpeg = (
  args: readonly string[],
  { onProgress, signal, cwd }: FfmpegOptions = {},
): Promise<void> =>
  new Promise((resolve, reject) => {
    const command = [
      'ffmpeg',
      '-nostdin',
      '-hide_banner',
      '-v',
      'error',
      '-y',
      '-progress',
      'pipe:1',
      '-nostats',
      ...args,
    ];
    if (SETPRIV) command.unshift(SETPRIV, '--pdeathsig', 'KILL');
    const child = spawn(command[0]!, command.slice(1), {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd,
      signal,
      killSignal: 'SIGKILL',
    });
    let lastWords = '';
    child.stdout.setEncoding('utf8').on('data', progressReader(onProgress ?? (() => undefined)));
    child.stderr
      .setEncoding('utf8')
      .on('data', (text: string) => (lastWords = (lastWords + text).slice(-LAST_WORDS)));
    child.on('error', reject);
    child.on('close', code => (code === 0 ? resolve() : reject(new FfmpegError(code, lastWords.trim()))));
    if (child.pid !== undefined) lowerPriority(child.pid);
  });

const lowerPriority = (pid: number): void => {
  try {
    setPriority(pid, priorities.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended already, or the system does not allow it: slower for others, but not wrong.
  }
};

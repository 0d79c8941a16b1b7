import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs FFmpeg to its end; answers what it wrote to stdout and stderr. @throws Error with its last words */
export const runFfmpeg = async (
  args: readonly string[],
  signal?: AbortSignal,
): Promise<{ stdout: Buffer; stderr: string }> => {
  const { stdout, stderr } = await run('ffmpeg', ['-nostdin', '-hide_banner', '-y', ...args], {
    encoding: 'buffer',
    maxBuffer: 1 << 30,
    signal,
  });
  return { stdout, stderr: stderr.toString() };
};

/** What ffprobe tells, as far as tests look. */
export interface Probed {
  readonly streams: readonly {
    readonly codec_name: string;
    readonly profile: string;
    readonly pix_fmt: string;
    readonly width: number;
    readonly height: number;
  }[];
  readonly format: { readonly duration: string; readonly size: string };
  readonly packets: readonly unknown[];
}

/** Runs ffprobe with sections to show, and answers those. */
export const probe = async (path: string, ...args: readonly string[]): Promise<Probed> => {
  const { stdout } = await run('ffprobe', ['-v', 'error', ...args, '-of', 'json', path], {
    maxBuffer: 1 << 30,
  });
  return JSON.parse(stdout) as Probed;
};

/** MD5 of each decoded picture, in order. */
export const pictureHashes = async (path: string): Promise<string[]> => {
  const args = ['-v', 'error', '-i', path, '-map', '0:v', '-fps_mode', 'passthrough', '-f', 'framemd5', '-'];
  return hashesIn((await runFfmpeg(args)).stdout);
};

/** MD5 of each encoded packet of one kind, in order. */
export const packetHashes = async (path: string, kind: 'a' | 'v'): Promise<string[]> => {
  const args = ['-v', 'error', '-i', path, '-map', `0:${kind}`, '-c', 'copy', '-f', 'framemd5', '-'];
  return hashesIn((await runFfmpeg(args)).stdout);
};

const hashesIn = (text: Buffer): string[] =>
  text
    .toString()
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => line.split(',')[5]!.trim());

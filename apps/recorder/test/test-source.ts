import { runFfmpeg } from './run-ffmpeg.js';

export interface TestSource {
  readonly path: string;
  readonly seconds: number;
  readonly codec?: 'vp8' | 'vp9' | 'h264';
  /** As FFmpeg names colours. */
  readonly colour?: string;
  /** Of the beep, Hz. */
  readonly pitch?: number;
  readonly width?: number;
  readonly height?: number;
  readonly fps?: number;
  readonly keyFrameEvery?: number;
}

const ENCODERS = {
  vp8: ['libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-lag-in-frames', '0', '-error-resilient', '1'],
  vp9: ['libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-lag-in-frames', '0', '-row-mt', '0'],
  h264: ['libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-profile:v', 'baseline'],
} as const;

/**
 * Encodes a participant: a field of one colour, a bar on top that counts frames in twelve bits, and at each whole second
 * a white square in the middle together with a beep, both for 100 ms.
 */
export const makeTestSource = async (source: TestSource): Promise<void> => {
  const { path, seconds, codec = 'vp8', colour = 'red', pitch = 600 } = source;
  const { width = 320, height = 180, fps = 30, keyFrameEvery = 30 } = source;
  const box = width / 16;
  const bits = Array.from(
    { length: 12 },
    (_, bit) =>
      `drawbox=x=${box * (2 + bit)}:y=0:w=${box}:h=${box}:color=white:t=fill:enable='mod(floor(n/${2 ** bit}),2)'`,
  );
  const filters = [
    `drawbox=x=0:y=0:w=iw:h=${box}:color=black:t=fill`,
    ...bits,
    `drawbox=x=iw/2-${2 * box}:y=ih/2-${2 * box}:w=${4 * box}:h=${4 * box}:color=white:t=fill` +
      `:enable='lt(mod(n,${fps}),${fps / 10})'`,
    'format=yuv420p',
  ];
  const beep = `aevalsrc='if(lt(mod(t,1),0.1),0.5*sin(2*PI*${pitch}*t),0)':s=48000:d=${seconds}`;
  const picture = `color=c=${colour}:s=${width}x${height}:r=${fps}:d=${seconds}`;
  await runFfmpeg([
    ...['-v', 'error', '-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', beep, '-vf', filters.join(',')],
    ...['-c:v', ...ENCODERS[codec], '-b:v', '400k', '-g', String(keyFrameEvery), '-threads', '1'],
    ...['-c:a', 'libopus', '-b:a', '32k', '-application', 'voip', '-frame_duration', '20', path],
  ]);
};

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export interface FakeDevice {
  /** Y4M: a field of one colour with a box that moves. */
  readonly video: string;
  /** WAV: a tone. */
  readonly audio: string;
}

/** Makes the files that a Chromium plays as its camera (320x180, 15 pictures a second) and microphone. */
export const makeFakeDevice = (folder: string, colour: string, tone: number): FakeDevice => {
  const video = join(folder, `${colour}.y4m`);
  const audio = join(folder, `${colour}.wav`);
  const picture = `color=c=${colour}:s=320x180:r=15:d=2,drawbox=x='mod(t*100,200)':y=80:w=16:h=16:color=white:t=fill`;
  const ffmpeg = (...args: string[]): void => {
    execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args]);
  };
  ffmpeg('-f', 'lavfi', '-i', picture, '-pix_fmt', 'yuv420p', video);
  ffmpeg('-f', 'lavfi', '-i', `sine=frequency=${tone}:sample_rate=48000:duration=4`, audio);
  return { video, audio };
};

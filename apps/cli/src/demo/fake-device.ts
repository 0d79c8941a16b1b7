import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export interface FakeDevice {
  /** Y4M: what Chromium plays as its camera, over and over. */
  readonly video: string;
  /** WAV: what it plays as its microphone. */
  readonly audio: string;
}

export interface FakeDeviceLook {
  readonly name: string;
  /** An FFmpeg source of pictures, 320x180, 15 a second. */
  readonly picture: string;
  /** An FFmpeg source of sound, 48 kHz. */
  readonly sound: string;
}

/** A field of one colour with a box that moves, and a tone in hertz. */
export const plainLook = (colour: string, tone: number): FakeDeviceLook => ({
  name: colour,
  picture: `color=c=${colour}:s=320x180:r=15:d=2,drawbox=x='mod(t*100,200)':y=80:w=16:h=16:color=white:t=fill`,
  sound: `sine=frequency=${tone}:sample_rate=48000:duration=4`,
});

/** Makes the files that a Chromium plays as its camera and microphone. */
export const makeFakeDevice = (folder: string, { name, picture, sound }: FakeDeviceLook): FakeDevice => {
  const video = join(folder, `${name}.y4m`);
  const audio = join(folder, `${name}.wav`);
  const ffmpeg = (...args: string[]): void => {
    execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', '-f', 'lavfi', ...args]);
  };
  ffmpeg('-i', picture, '-pix_fmt', 'yuv420p', video);
  ffmpeg('-i', sound, audio);
  return { video, audio };
};

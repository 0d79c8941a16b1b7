import { execFileSync } from 'node:child_process';

interface Probe {
  readonly streams: readonly {
    readonly codec_name: string;
    readonly codec_type: string;
    readonly pix_fmt?: string;
  }[];
  readonly format: { readonly duration: string };
}

export const probe = (file: string): Probe =>
  JSON.parse(
    execFileSync('ffprobe', ['-v', 'error', '-show_streams', '-show_format', '-of', 'json', file], {
      encoding: 'utf8',
    }),
  ) as Probe;

export type Colour = 'red' | 'lime' | 'blue' | 'yellow';
const IS: Record<Colour, (r: number, g: number, b: number) => boolean> = {
  red: (r, g, b) => r > 150 && g < 90 && b < 90,
  lime: (r, g, b) => g > 150 && r < 110 && b < 110,
  blue: (r, g, b) => b > 150 && r < 90 && g < 90,
  yellow: (r, g, b) => r > 150 && g > 150 && b < 110,
};
const WIDTH = 64;
const HEIGHT = 36;
const FPS = 5;

export interface ColoursSeen {
  /** Seconds. */
  readonly at: number;
  /** Colours that fill at least a twentieth of the picture. */
  readonly colours: readonly Colour[];
}

/** Which participants' colours are on screen, five times a second; of a picture once. */
export const coloursOverTime = (file: string): ColoursSeen[] => {
  const size = WIDTH * HEIGHT * 3;
  const filter = `fps=${FPS}:eof_action=pass,scale=${WIDTH}:${HEIGHT}:flags=area`;
  const raw = execFileSync(
    'ffmpeg',
    ['-nostdin', '-v', 'error', '-i', file, '-vf', filter, '-pix_fmt', 'rgb24', '-f', 'rawvideo', '-'],
    { maxBuffer: 1 << 28 },
  );
  return Array.from({ length: Math.floor(raw.length / size) }, (_, picture) => {
    const count: Record<Colour, number> = { red: 0, lime: 0, blue: 0, yellow: 0 };
    for (let at = picture * size; at < (picture + 1) * size; at += 3) {
      for (const colour of Object.keys(IS) as Colour[]) {
        if (IS[colour](raw[at] ?? 0, raw[at + 1] ?? 0, raw[at + 2] ?? 0)) count[colour]++;
      }
    }
    const colours = (Object.keys(IS) as Colour[]).filter(colour => count[colour] > (WIDTH * HEIGHT) / 20);
    return { at: picture / FPS, colours };
  });
};

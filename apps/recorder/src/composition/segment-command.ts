import { nameFile, shownName } from './name-text.js';
import type { Cell, Picture, Segment } from './plan.js';
import type { TrackTimeline } from './track-timeline.js';

/** Decoding begins this much before the cut, so that the picture still on at the cut is there. */
const LEAD_SECONDS = 0.5;
const BACKGROUND = '0x101010';
const LETTERBOX = '0x202020';
const TILE = '0x303040';

export interface SegmentContext {
  readonly picture: Picture;
  readonly timelines: ReadonlyMap<string, TrackTimeline>;
  /** Font file; undefined: no names. */
  readonly font: string | undefined;
}

// A filter argument is unescaped twice: as an option's value and as part of the graph (ffmpeg-filters, 4.1).
const escaped = (path: string): string => path.replace(/[\\':]/g, '\\$&').replace(/[\\'[\],;]/g, '\\$&');

const text = (font: string | undefined, name: string, fontSize: number, where: string): string[] =>
  font && shownName(name) !== ''
    ? [
        `drawtext=fontfile=${escaped(font)}:textfile=${nameFile(name)}:expansion=none:fontcolor=white` +
          `:fontsize=${fontSize}:${where}`,
      ]
    : [];

const label = (font: string | undefined, { name, height }: Cell): string[] =>
  text(
    font,
    name,
    Math.max(10, Math.floor(height / 20)),
    'box=1:boxcolor=black@0.5:boxborderw=4:x=8:y=h-th-10',
  );

const tileText = (font: string | undefined, { name, width, height }: Cell): string[] => {
  const letters = Math.max(1, shownName(name).length);
  const size = Math.max(10, Math.floor(Math.min(height / 8, (width * 0.9) / (letters * 0.6))));
  return text(font, name, size, 'x=(w-tw)/2:y=(h-th)/2');
};

/**
 * Time in a track's file, seconds, of a time of the recording. The correction varies by some milliseconds an hour, so
 * that it may be looked up at either.
 */
const fileTime = ({ delayAt }: TrackTimeline, time: number): number => time - delayAt(time * 1000) / 1000;

/**
 * FFmpeg's arguments that encode one segment; the output path is to be appended, and names are read from the working
 * directory. Of each track the picture on at the first frame is the first shown, and the last one stays when data end.
 */
export const segmentCommand = (segment: Segment, { picture, timelines, font }: SegmentContext): string[] => {
  const { width, height, fps } = picture;
  const start = segment.firstFrame / fps;
  const inputs: string[] = [];
  let inputCount = 0;
  const graph = [`color=c=${BACKGROUND}:s=${width}x${height}:r=${fps},format=yuv420p[layer0]`];

  segment.cells.forEach((cell, i) => {
    const timeline = cell.video && timelines.get(cell.video.trackId);
    const size = `${cell.width}x${cell.height}`;
    if (!cell.video || !timeline) {
      graph.push(
        [`color=c=${TILE}:s=${size}:r=${fps}`, 'format=yuv420p', ...tileText(font, cell)].join() +
          `[cell${i}]`,
      );
    } else {
      const from = fileTime(timeline, start);
      const seek = Math.max(0, from - LEAD_SECONDS).toFixed(3);
      inputs.push('-reinit_filter', '0'); // else a size change of one track disturbs the others' pictures
      inputs.push('-noaccurate_seek'); // else the picture still on at the cut is dropped
      inputs.push('-seek_timestamp', '1', '-ss', seek, '-copyts', '-threads', '1', '-i', timeline.path);
      const filters = [
        `[${inputCount++}:v]setpts=PTS-${from.toFixed(6)}/TB`,
        `fps=${fps}:start_time=0:round=near`,
        // The size is computed, not left to FFmpeg, which would keep the one of the first picture that it reads.
        `scale=${cell.video.width}:${cell.video.height}:flags=bilinear`,
        `pad=${cell.width}:${cell.height}:-1:-1:color=${LETTERBOX}`,
        'setsar=1',
        'format=yuv420p',
        'tpad=stop=-1:stop_mode=clone',
        ...label(font, cell),
      ];
      graph.push(`${filters.join()}[cell${i}]`);
    }
    graph.push(`[layer${i}][cell${i}]overlay=x=${cell.x}:y=${cell.y}:eof_action=repeat[layer${i + 1}]`);
  });

  return [
    ...inputs,
    ...['-filter_complex_threads', '1', '-filter_complex', graph.join(';')],
    ...['-map', `[layer${segment.cells.length}]`, '-frames:v', String(segment.frames)],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', '-profile:v', 'high', '-pix_fmt', 'yuv420p'],
    // stitchable: all segments have the same headers, so that they can be joined without encoding again.
    ...['-g', String(2 * fps), '-bf', '2', '-threads', '1', '-x264-params', 'stitchable=1'],
    ...['-video_track_timescale', String(timescale(fps)), '-f', 'mp4'],
  ];
};

/** Units per second in which every frame's time is a whole number. */
export const timescale = (fps: number): number => fps * 1000;

import { runFfmpeg } from './run-ffmpeg.js';

export interface SentStream {
  /** Of FFmpeg's `-map`. */
  readonly map: string;
  readonly ssrc: number;
  readonly payloadType: number;
}

/** Sends a file's streams as RTP at the pace of real time, over loopback, to its end or until the signal. */
export const sendRtp = async (
  path: string,
  port: number,
  streams: readonly SentStream[],
  signal?: AbortSignal,
): Promise<void> => {
  await runFfmpeg(
    [
      ...['-v', 'error', '-re', '-i', path],
      ...streams.flatMap(({ map, ssrc, payloadType }) => [
        ...['-map', map, '-c', 'copy', '-strict', 'experimental'],
        ...(path.includes('h264') ? ['-bsf:v', 'h264_mp4toannexb'] : []),
        ...['-ssrc', String(ssrc), '-payload_type', String(payloadType)],
        ...['-f', 'rtp', `rtp://127.0.0.1:${port}?pkt_size=1200`],
      ]),
    ],
    signal,
  );
};

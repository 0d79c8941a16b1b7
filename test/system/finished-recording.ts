import { writeFileSync } from 'node:fs';
import type { RunningSystem } from '../../bench/running-system.js';
import { until } from './until.js';

export interface RecordingView {
  readonly recording_id: string;
  readonly processing_status: string;
  readonly processing_percent: number;
  readonly duration_seconds: number;
  readonly file_size_bytes: number;
  readonly download_url: string;
  readonly thumbnail_url: string;
}

/** Waits until the recording of a meeting is composed, and downloads it to a file. `reader`: a token of someone who may. */
export const finishedRecording = async (
  system: RunningSystem,
  meetingId: string,
  reader: string,
  file: string,
  limitMs = 90_000,
): Promise<RecordingView> => {
  const path = `/api/v1/recordings?meeting_id=${meetingId}`;
  const recording = await until(
    'the recording is completed',
    async () => {
      const [found] = (await system.call<{ recordings: RecordingView[] }>('GET', path, reader)).recordings;
      if (found?.processing_status === 'failed') throw new Error('The composition failed');
      return found?.processing_status === 'completed' && found;
    },
    limitMs,
  );
  writeFileSync(file, Buffer.from(await (await fetch(recording.download_url)).arrayBuffer()));
  return recording;
};

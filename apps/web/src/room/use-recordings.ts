import { useEffect, useState } from 'react';
import type { ApiClient, Recording } from '../session/api-client.js';

/** Milliseconds between two looks: while one is in the making, and while none is. */
const BUSY_MS = 1_500;
const IDLE_MS = 15_000;

const inTheMaking = ({ processing_status }: Recording): boolean =>
  processing_status === 'recording' || processing_status === 'processing';

/** Addresses are signed anew with every answer; a picture that is shown need not be loaded again for that. */
const withSamePicture = (recording: Recording, before: readonly Recording[]): Recording => {
  const shown = before.find(({ recording_id }) => recording_id === recording.recording_id)?.thumbnail_url;
  return shown ? { ...recording, thumbnail_url: shown } : recording;
};

/** The recordings of a meeting, kept up to date. @param look changes when it is worth looking at once; false: not at all */
export const useRecordings = (
  api: ApiClient,
  meetingId: string,
  look: number | boolean,
): readonly Recording[] => {
  const [recordings, setRecordings] = useState<readonly Recording[]>([]);
  useEffect(() => {
    if (look === false) return;
    let over = false;
    let timer: ReturnType<typeof setTimeout>;
    const ask = async () => {
      let wait = IDLE_MS;
      try {
        const found = await api.recordings(meetingId);
        if (over) return;
        setRecordings(before => found.map(recording => withSamePicture(recording, before)));
        if (found.some(inTheMaking)) wait = BUSY_MS;
      } catch (error) {
        console.warn('The recordings cannot be listed', error);
      }
      if (!over) timer = setTimeout(() => void ask(), wait);
    };
    void ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [api, meetingId, look]);
  return recordings;
};

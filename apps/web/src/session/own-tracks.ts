import type { LocalState } from './local-media.js';
import type { Source } from './protocol.js';

export type OwnTracks = Readonly<Partial<Record<Source, MediaStreamTrack>>>;

/** In the order in which they are published: a picture takes longer to get going than a voice. */
export const SOURCES = [
  'camera',
  'microphone',
  'screen',
  'screen-audio',
] as const satisfies readonly Source[];

/** What this page has to send, by source. */
export const ownTracks = ({ microphone, camera, screen, screenAudio }: LocalState): OwnTracks => ({
  ...(microphone && { microphone }),
  ...(camera && { camera }),
  ...(screen && { screen }),
  ...(screenAudio && { 'screen-audio': screenAudio }),
});

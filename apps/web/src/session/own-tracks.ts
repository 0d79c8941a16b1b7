import type { LocalState } from './local-media.js';
import type { Permissions, Source } from './protocol.js';

export type OwnTracks = Readonly<Partial<Record<Source, MediaStreamTrack>>>;

/** In the order in which they are published: a picture takes longer to get going than a voice. */
export const SOURCES = [
  'camera',
  'microphone',
  'screen',
  'screen-audio',
] as const satisfies readonly Source[];

/** What this page has to send, by source; without what it may not send, which the server would refuse. */
export const ownTracks = (
  { microphone, camera, screen, screenAudio }: LocalState,
  may: Permissions,
): OwnTracks => ({
  ...(microphone && may.microphone && { microphone }),
  ...(camera && may.camera && { camera }),
  ...(screen && may.screen_share && { screen }),
  ...(screenAudio && may.screen_share && { 'screen-audio': screenAudio }),
});

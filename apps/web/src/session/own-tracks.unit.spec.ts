import { expect, it } from '@jest/globals';
import type { LocalState } from './local-media.js';
import { ownTracks } from './own-tracks.js';

it('what one may not send is not offered', () => {
  const track = {} as MediaStreamTrack;
  const local = {
    microphone: track,
    camera: track,
    screen: track,
    screenAudio: track,
  } as unknown as LocalState;
  const all = { microphone: true, camera: true, screen_share: true, chat: true, record: true };
  const sources = (may: Partial<typeof all>) => Object.keys(ownTracks(local, { ...all, ...may }));
  expect(sources({})).toEqual(['microphone', 'camera', 'screen', 'screen-audio']);
  expect(sources({ camera: false })).toEqual(['microphone', 'screen', 'screen-audio']);
  expect(sources({ microphone: false, screen_share: false })).toEqual(['camera']);
});

import { describe, expect, it } from '@jest/globals';
import type { Participant } from '../session/protocol.js';
import type { RemoteTrack } from '../session/remote-track.js';
import { tilesOf } from './tiles.js';

const person = (id: string, changes: Partial<Participant> = {}): Participant => ({
  participant_id: id,
  user_id: `user-${id}`,
  display_name: id,
  role: 'participant',
  is_muted: false,
  is_video_on: true,
  is_screen_sharing: false,
  is_hand_raised: false,
  breakout_room_id: null,
  ...changes,
});
const track = (consumerId: string, participantId: string, source: RemoteTrack['source']): RemoteTrack => ({
  consumerId,
  producerId: `p-${consumerId}`,
  participantId,
  kind: source === 'camera' || source === 'screen' ? 'video' : 'audio',
  source,
  track: {} as MediaStreamTrack,
  spatialLayers: 1,
});
const off = { microphoneOn: false };

describe('tiles', () => {
  it('show everybody in the order of arrival, and oneself last', () => {
    const { people } = tilesOf([person('me'), person('ada'), person('bob')], 'me', [], off);
    expect(people.map(({ key }) => key)).toEqual(['ada', 'bob', 'me']);
  });

  it('show the camera of one whose camera is on, and the latest where there are two', () => {
    const remote = [
      track('c1', 'ada', 'microphone'),
      track('c2', 'ada', 'camera'),
      track('c3', 'ada', 'camera'),
    ];
    expect(tilesOf([person('ada')], 'me', remote, off).people[0]?.video?.consumerId).toBe('c3');
    expect(
      tilesOf([person('ada', { is_video_on: false })], 'me', remote, off).people[0]?.video,
    ).toBeUndefined();
  });

  it('show oneself as this page is, not as the server last heard', () => {
    const camera = {} as MediaStreamTrack;
    const me = person('me', { is_muted: true, is_video_on: false });
    const { people } = tilesOf([me], 'me', [], { camera, microphoneOn: true });
    expect(people[0]).toMatchObject({ isSelf: true, isMuted: false });
    expect(people[0]?.ownVideo).toBe(camera);
  });

  it('show each screen that another shares, and not one’s own', () => {
    const remote = [
      track('s1', 'ada', 'screen'),
      track('s2', 'me', 'screen'),
      track('s3', 'ada', 'screen-audio'),
    ];
    const { screens } = tilesOf([person('me'), person('ada')], 'me', remote, off);
    expect(screens.map(({ key }) => key)).toEqual(['s1']);
  });
});

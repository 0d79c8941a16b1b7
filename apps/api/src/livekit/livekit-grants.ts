import type { Permissions } from '#libs/domain';
import type { TrackSource, VideoGrant } from 'livekit-server-sdk';

/** LiveKit's names of the sources that each permission opens, as in its protocol. */
const SOURCES = {
  microphone: ['MICROPHONE'],
  camera: ['CAMERA'],
  screenShare: ['SCREEN_SHARE', 'SCREEN_SHARE_AUDIO'],
} as const satisfies Partial<Record<keyof Permissions, readonly (keyof typeof TrackSource)[]>>;

/**
 * What LiveKit is to let somebody do, from what the meeting lets them do now. `roomRecord` is never among it: LiveKit asks
 * with it for no room, so that it would let the host of any meeting record every room of that server. Parley records itself.
 * @param room LiveKit's name of the room
 * @param sources LiveKit's numbers of sources
 */
export const livekitGrants = (
  room: string,
  may: Permissions,
  sources: Readonly<Record<keyof typeof TrackSource, TrackSource>>,
): VideoGrant => {
  const canPublishSources = (['microphone', 'camera', 'screenShare'] as const)
    .filter(permission => may[permission])
    .flatMap(permission => SOURCES[permission])
    .map(name => sources[name]);
  return {
    room,
    roomJoin: true,
    roomAdmin: may.moderate,
    canSubscribe: true,
    // To LiveKit an empty list of sources means any.
    canPublish: canPublishSources.length > 0,
    canPublishSources,
    canPublishData: may.chat,
    canUpdateOwnMetadata: false,
  };
};

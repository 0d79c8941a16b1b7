import type { Participant } from '../session/protocol.js';
import type { RemoteTrack } from '../session/remote-track.js';

export interface PersonTile {
  readonly kind: 'person';
  readonly key: string;
  readonly participant: Participant;
  readonly isSelf: boolean;
  readonly isMuted: boolean;
  /** What to show instead of the initials. */
  readonly video?: RemoteTrack;
  readonly ownVideo?: MediaStreamTrack;
}
export interface ScreenTile {
  readonly kind: 'screen';
  readonly key: string;
  readonly participant: Participant;
  readonly video: RemoteTrack;
}

interface Own {
  readonly camera?: MediaStreamTrack;
  readonly microphoneOn: boolean;
}

/** One tile for each person, oneself last, and one for each screen that another shares. */
export const tilesOf = (
  participants: readonly Participant[],
  selfId: string,
  remote: readonly RemoteTrack[],
  own: Own,
): { readonly people: readonly PersonTile[]; readonly screens: readonly ScreenTile[] } => {
  const videoOf = (participantId: string, source: 'camera' | 'screen') =>
    // The latest: after a camera was published anew, the old one may still be on its way out.
    remote.findLast(track => track.participantId === participantId && track.source === source);
  const people = participants.map((participant): PersonTile => {
    const { participant_id: key } = participant;
    if (key === selfId) {
      return {
        kind: 'person',
        key,
        participant,
        isSelf: true,
        isMuted: !own.microphoneOn,
        ownVideo: own.camera,
      };
    }
    const video = participant.is_video_on ? videoOf(key, 'camera') : undefined;
    return { kind: 'person', key, participant, isSelf: false, isMuted: participant.is_muted, video };
  });
  const screens = participants.flatMap((participant): ScreenTile[] => {
    const video =
      participant.participant_id === selfId ? undefined : videoOf(participant.participant_id, 'screen');
    return video ? [{ kind: 'screen', key: video.consumerId, participant, video }] : [];
  });
  return { people: [...people.filter(tile => !tile.isSelf), ...people.filter(tile => tile.isSelf)], screens };
};

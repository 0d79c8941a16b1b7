import type { MeetingSession } from '../session/meeting-session.js';
import type { ShownReaction } from '../session/meeting-state.js';
import { Avatar } from '../ui/avatar.js';
import { IconButton } from '../ui/icon-button.js';
import { Icon } from '../ui/icon.js';
import { VideoView } from '../ui/video-view.js';
import { RemoteVideo } from './remote-video.js';
import type { PersonTile, ScreenTile } from './tiles.js';
import { TileReactions } from './tile-reactions.js';

interface Props {
  readonly session: MeetingSession;
  readonly tile: PersonTile | ScreenTile;
  readonly reactions: readonly ShownReaction[];
  readonly speaking: boolean;
  readonly pinned: boolean;
  /** Undefined where pinning makes no difference. */
  readonly onPin?: () => void;
}

const describe = (tile: PersonTile, speaking: boolean): string => {
  const { display_name, is_hand_raised } = tile.participant;
  const facts = [
    tile.isSelf && 'you',
    tile.isMuted ? 'muted' : speaking && 'speaking',
    !tile.video && !tile.ownVideo && 'camera off',
    is_hand_raised && 'hand raised',
  ].filter(Boolean);
  return [display_name, ...facts].join(', ');
};

/** One person, or one shared screen. */
export const Tile = ({ session, tile, reactions, speaking, pinned, onPin }: Props) => {
  const { participant_id, display_name, user_id, is_hand_raised } = tile.participant;
  const pin = onPin ? (
    <IconButton
      icon="pin"
      label={pinned ? `Unpin ${display_name}` : `Pin ${display_name}`}
      tone={pinned ? 'on' : 'quiet'}
      className="tile-pin"
      aria-pressed={pinned}
      onClick={onPin}
    />
  ) : null;

  if (tile.kind === 'screen') {
    return (
      <article
        className="tile tile-screen"
        data-testid="screen-tile"
        data-participant-id={participant_id}
        aria-label={`Screen of ${display_name}`}
      >
        <RemoteVideo session={session} remote={tile.video} whole />
        <div className="tile-label">
          <Icon name="screen" />
          <span>{display_name} is presenting</span>
        </div>
        {pin}
      </article>
    );
  }
  const { isSelf, isMuted, video, ownVideo } = tile;
  return (
    <article
      className="tile"
      data-testid="tile"
      data-participant-id={participant_id}
      data-muted={isMuted}
      data-video={Boolean(video ?? ownVideo)}
      data-speaking={speaking && !isMuted}
      data-self={isSelf}
      aria-label={describe(tile, speaking)}
    >
      <Avatar name={display_name} seed={user_id} />
      {ownVideo ? <VideoView track={ownVideo} mirrored /> : null}
      {video ? <RemoteVideo session={session} remote={video} /> : null}
      <div className="tile-label">
        {isMuted ? (
          <span className="tile-muted">
            <Icon name="microphone-off" />
          </span>
        ) : (
          <span className="tile-voice" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
        )}
        <span data-testid="tile-name" className="tile-name">
          {display_name}
        </span>
        {isSelf ? <span className="tile-you">You</span> : null}
      </div>
      {reactions.length > 0 ? <TileReactions reactions={reactions} /> : null}
      {is_hand_raised ? (
        <span className="tile-hand" data-testid="tile-hand">
          <Icon name="hand" />
        </span>
      ) : null}
      {pin}
    </article>
  );
};

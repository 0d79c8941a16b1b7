import type { CSSProperties } from 'react';
import type { ShownReaction } from '../session/meeting-state.js';
import { reactionName } from './reaction-kinds.js';
import { ReactionPicture } from './reaction-picture.js';

/** More than these at a time hide the face. */
const MAX_SHOWN = 5;

/** What somebody shows everybody for a moment, rising over their picture. */
export const TileReactions = ({ reactions }: { readonly reactions: readonly ShownReaction[] }) => (
  <div className="tile-reactions" role="status">
    {reactions.slice(-MAX_SHOWN).map(({ id, reaction_type, duration }) => {
      const style = { '--seconds': `${duration}s`, '--drift': `${((id % 5) - 2) * 12}%` } as CSSProperties;
      return (
        <span
          key={id}
          className="tile-reaction"
          role="img"
          aria-label={reactionName(reaction_type)}
          data-testid="tile-reaction"
          data-reaction={reaction_type}
          style={style}
        >
          <ReactionPicture type={reaction_type} />
        </span>
      );
    })}
  </div>
);

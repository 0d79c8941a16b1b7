import type { CSSProperties } from 'react';
import type { ShownReaction } from '../session/meeting-state.js';
import { reactionSign } from './reaction-kinds.js';

/** More than these at a time hide the face. */
const MAX_SHOWN = 5;

/** What somebody shows everybody for a moment, rising over their picture. */
export const TileReactions = ({ reactions }: { readonly reactions: readonly ShownReaction[] }) => (
  <div className="tile-reactions" role="status">
    {reactions.slice(-MAX_SHOWN).map(({ id, reaction_type, duration }) => {
      const { sign, name } = reactionSign(reaction_type);
      const style = { '--seconds': `${duration}s`, '--drift': `${((id % 5) - 2) * 12}%` } as CSSProperties;
      return (
        <span
          key={id}
          className="tile-reaction"
          role="img"
          aria-label={name}
          data-testid="tile-reaction"
          data-reaction={reaction_type}
          style={style}
        >
          {sign}
        </span>
      );
    })}
  </div>
);

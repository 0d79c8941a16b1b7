import type { MeetingSession } from '../session/meeting-session.js';
import { REACTIONS } from './reaction-kinds.js';
import { ReactionPicture } from './reaction-picture.js';

/** The reactions in a row; one is sent and the row is done with. */
export const ReactionStrip = ({
  session,
  onDone,
}: {
  readonly session: MeetingSession;
  readonly onDone: () => void;
}) => (
  <div className="reaction-strip" role="group" aria-label="Reactions">
    {REACTIONS.map(({ type, name }) => (
      <button
        key={type}
        type="button"
        role="menuitem"
        className="reaction-choice"
        aria-label={name}
        title={name}
        data-testid={`reaction-${type}`}
        onClick={() => {
          onDone();
          void session.attempt(session.ask('send_reaction', { reaction_type: type }));
        }}
      >
        <ReactionPicture type={type} />
      </button>
    ))}
  </div>
);

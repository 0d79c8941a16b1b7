import { Avatar } from '../ui/avatar.js';
import type { PanelProps } from './panel-props.js';
import { offsetText } from './time-text.js';

export const WaitingPanel = ({ moment, changes, time }: PanelProps) =>
  moment.waiting.length === 0 ? (
    <p className="replay-empty">Nobody waits.</p>
  ) : (
    <ul>
      {moment.waiting.map(({ userId, displayName, waitingSince }) => (
        <li
          key={userId}
          className="person replay-person"
          data-testid="replay-waiting"
          data-new={changes.waiting.has(userId)}
        >
          <Avatar name={displayName} seed={userId} />
          <span className="person-name">
            {displayName}
            <small>
              {changes.waiting.has(userId) ? (
                <em className="replay-new">began to wait</em>
              ) : (
                `for ${offsetText(time - Date.parse(waitingSince))}`
              )}
            </small>
          </span>
        </li>
      ))}
    </ul>
  );

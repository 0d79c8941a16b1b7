import type { ParticipantOfMoment } from '#libs/domain';
import { Avatar } from '../ui/avatar.js';
import type { PanelProps } from './panel-props.js';
import { offsetText } from './time-text.js';

const Room = ({
  name,
  people,
  changes,
}: {
  readonly name: string;
  readonly people: readonly ParticipantOfMoment[];
  readonly changes: PanelProps['changes'];
}) => (
  <li className="replay-room" data-testid="replay-room" data-room={name}>
    <h3>
      {name} <small>{people.length}</small>
    </h3>
    {people.length === 0 ? (
      <p className="replay-empty">Nobody</p>
    ) : (
      <ul>
        {people.map(({ participantId, userId, displayName }) => (
          <li key={participantId} data-new={changes.moved.has(participantId)}>
            <Avatar name={displayName} seed={userId} />
            <span>
              {displayName}
              {changes.moved.has(participantId) ? <em className="replay-new"> came in</em> : null}
            </span>
          </li>
        ))}
      </ul>
    )}
  </li>
);

/** Which breakout rooms were open, who was where, and when they were to close. */
export const BreakoutPanel = ({ moment: { meeting, participants }, changes, time }: PanelProps) => {
  const { breakout } = meeting;
  if (!breakout) return null;
  const { rooms, participantsMayChoose, participantsMayReturn, closesAt } = breakout;
  const facts = [
    closesAt && `close in ${offsetText(Math.max(0, Date.parse(closesAt) - time))}`,
    participantsMayChoose && 'everybody chooses a room',
    participantsMayReturn && 'everybody may go back',
  ].filter(Boolean);
  const inRoom = (roomId: string | undefined) => participants.filter(one => one.breakoutRoomId === roomId);
  return (
    <>
      {facts.length > 0 ? <p className="replay-empty">{facts.join(' · ')}</p> : null}
      <ul>
        <Room name="Main room" people={inRoom(undefined)} changes={changes} />
        {rooms.map(({ roomId, name }) => (
          <Room key={roomId} name={name} people={inRoom(roomId)} changes={changes} />
        ))}
      </ul>
    </>
  );
};

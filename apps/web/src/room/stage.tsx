import { useRef, useState, type CSSProperties, type ReactNode } from 'react';
import { ownRoom, peopleHere } from '../session/breakout-rooms.js';
import type { MeetingSession } from '../session/meeting-session.js';
import { useElementSize } from '../ui/use-element-size.js';
import { useStore } from '../ui/use-store.js';
import { EmptyRoomCard } from './empty-room-card.js';
import { gridLayout } from './grid-layout.js';
import { Tile } from './tile.js';
import { tilesOf, type PersonTile, type ScreenTile } from './tiles.js';

const GAP = 8;

/** Everybody in the room, as large as the space allows; or one of them large and the others beside. */
export const Stage = ({
  session,
  alone,
}: {
  readonly session: MeetingSession;
  readonly alone: ReactNode;
}) => {
  const frame = useRef<HTMLDivElement>(null);
  const { width, height } = useElementSize(frame);
  const meeting = useStore(session.meeting);
  const remote = useStore(session.remote);
  const local = useStore(session.local.state);
  const speakers = useStore(session.speakers);
  const [pinned, setPinned] = useState<string>();

  const { people, screens } = tilesOf(peopleHere(meeting), meeting.selfId, remote, local);
  const room = ownRoom(meeting);
  const elsewhere = room !== undefined || meeting.participants.length > people.length;
  const isAlone = people.length === 1 && people[0]?.isSelf;
  const all: readonly (PersonTile | ScreenTile)[] = [...screens, ...people];
  const focused = all.find(({ key }) => key === pinned) ?? screens[0];
  const others = focused ? all.filter(tile => tile !== focused) : all;

  const draw = (tile: PersonTile | ScreenTile) => (
    <Tile
      key={tile.key}
      session={session}
      tile={tile}
      reactions={meeting.reactions.filter(one => one.participant_id === tile.participant.participant_id)}
      speaking={speakers.has(tile.participant.participant_id)}
      pinned={tile.key === pinned}
      onPin={all.length > 1 ? () => setPinned(tile.key === pinned ? undefined : tile.key) : undefined}
    />
  );

  if (focused) {
    return (
      <div ref={frame} className="stage stage-focus" data-wide={width > height * 1.15}>
        <div className="stage-main">{draw(focused)}</div>
        {others.length > 0 ? <div className="stage-strip">{others.map(draw)}</div> : null}
      </div>
    );
  }
  const layout = gridLayout(all.length, width, height, GAP);
  const style = {
    '--tile-width': `${layout.tileWidth}px`,
    '--tile-height': `${layout.tileHeight}px`,
    '--columns': layout.columns,
  } as CSSProperties;
  return (
    <div ref={frame} className="stage stage-grid" data-scrolls={layout.scrolls} style={style}>
      {all.map(draw)}
      {isAlone && elsewhere ? <EmptyRoomCard name={room?.name} /> : null}
      {isAlone && !elsewhere ? alone : null}
    </div>
  );
};

import type { BreakoutRoom } from '../session/protocol.js';

interface Props {
  readonly name: string;
  readonly rooms: readonly BreakoutRoom[];
  /** Null: the main room. */
  readonly value: string | null;
  readonly onSelect: (roomId: string | null) => void;
}

/** Moves somebody into another room. */
export const RoomSelect = ({ name, rooms, value, onSelect }: Props) => (
  <select
    className="room-select"
    aria-label={`Room of ${name}`}
    data-testid="room-select"
    value={value ?? ''}
    onChange={event => onSelect(event.target.value || null)}
  >
    <option value="">Main room</option>
    {rooms.map(room => (
      <option key={room.room_id} value={room.room_id}>
        {room.name}
      </option>
    ))}
  </select>
);

import type { Aggregate, DomainEvent } from '../aggregate.js';
import { DomainError } from '../domain-error.js';
import type { IsoTime } from '../field-types.js';
import type { Issued } from '../principal.js';

/**
 * The name leads to this meeting from now on.
 * @by any user, by opening the room when no meeting runs in it
 */
export type RoomOpened = DomainEvent<
  'RoomOpened',
  {
    /** The name of the room: lower case, with dashes for spaces. */
    readonly name: string;
    /** Id of the meeting to which it leads. */
    readonly meetingId: string;
    /** User id of who opened it. */
    readonly openedBy: string;
    /** When it was opened. */
    readonly openedAt: IsoTime;
  }
>;
/**
 * A name that people type, and the meetings it has led to.
 * @stream room-<name>
 */
export type RoomEvent = RoomOpened;

/** Points the name at a new meeting, if it points at none or at `replaces`, a meeting that has ended. */
export interface OpenRoom extends Issued {
  readonly type: 'OpenRoom';
  readonly name: string;
  readonly meetingId: string;
  readonly replaces?: string;
}

export interface RoomState {
  readonly meetingId?: string;
}

/** 1 to 64 letters (with the marks that many scripts write on them), digits, dots, dashes or underscores; case does not count. */
const ROOM_NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]{0,63}$/u;

export const roomName = (text: string): string => {
  const name = text.trim().toLowerCase().normalize('NFC').replace(/\s+/gu, '-');
  if (!ROOM_NAME.test(name)) {
    throw new DomainError('VALIDATION_FAILED', {
      name: 'must be 1 to 64 letters, digits, spaces, dots, dashes or underscores, and begin with a letter or digit',
    });
  }
  return name;
};

/** A name that people type, and the meeting that it leads to now. */
export const Room: Aggregate<RoomState, OpenRoom, RoomEvent> = {
  name: 'room',
  initial: {},
  decide: (state, command) => {
    if (state.meetingId !== undefined && state.meetingId !== command.replaces) return [];
    const { name, meetingId, by, at } = command;
    return [{ type: 'RoomOpened', data: { name, meetingId, openedBy: by.userId, openedAt: at } }];
  },
  evolve: (state, event) => (event.type === 'RoomOpened' ? { meetingId: event.data.meetingId } : state),
};

import { ownRoom } from './breakout-rooms.js';
import type { MeetingState } from './meeting-state.js';
import type { Breakout, Push, Pushes } from './protocol.js';
import { withNotice } from './with-notice.js';

const CLOSED: Readonly<Record<Pushes['breakout_rooms_closed']['reason'], string>> = {
  closed: 'The breakout rooms are closed: everybody is back in the main room',
  'time-limit': 'Time is up: everybody is back in the main room',
  'meeting-ended': 'The breakout rooms are closed',
};

/** The meeting with these breakout rooms, or with none. */
export const withBreakout = (state: MeetingState, breakout: Breakout | undefined): MeetingState => ({
  ...state,
  breakout,
  breakoutClosing: false,
  roomNames: {
    ...state.roomNames,
    ...Object.fromEntries((breakout?.rooms ?? []).map(({ room_id, name }) => [room_id, name])),
  },
});

const withSelfIn = (state: MeetingState, breakout_room_id: string | null): MeetingState => ({
  ...state,
  participants: state.participants.map(one =>
    one.participant_id === state.selfId ? { ...one, breakout_room_id } : one,
  ),
});

/** The next view of the meeting after a push about breakout rooms; undefined for any other push. */
export const reduceBreakout = (state: MeetingState, push: Push): MeetingState | undefined => {
  switch (push.type) {
    case 'breakout_rooms_opened':
      return withNotice(withBreakout(state, push.payload), 'Breakout rooms are open');
    case 'breakout_rooms_closing': {
      if (!state.breakout) return state;
      const breakout = { ...state.breakout, closes_at: push.payload.closes_at };
      return withNotice(
        { ...state, breakout, breakoutClosing: true },
        'The breakout rooms close soon; everybody comes back to the main room then',
      );
    }
    case 'breakout_rooms_closed': {
      const everybody = state.participants.map(one => ({ ...one, breakout_room_id: null }));
      const next = { ...withBreakout(state, undefined), participants: everybody };
      return state.breakout ? withNotice(next, CLOSED[push.payload.reason]) : next;
    }
    case 'breakout_room_changed': {
      const { breakout_room_id, producers } = push.payload;
      const next = { ...withSelfIn(state, breakout_room_id), producers };
      const name = ownRoom(next)?.name;
      if (name !== undefined) return withNotice(next, `You are now in “${name}”`);
      return state.breakout ? withNotice(next, 'You are back in the main room') : next;
    }
    default:
      return undefined;
  }
};

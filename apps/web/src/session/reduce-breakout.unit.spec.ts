import { describe, expect, it } from '@jest/globals';
import { mayEnter, ownRoom, peopleHere, peopleIn } from './breakout-rooms.js';
import { after, joined, person, producer } from './meeting-for-tests.js';
import type { MeetingState } from './meeting-state.js';
import type { Participant } from './protocol.js';
import type { MeetingAction } from './reduce-meeting.js';

const red = { room_id: 'r', name: 'Red', description: null, capacity: 1 };
const blue = { room_id: 'b', name: 'Blue', description: null, capacity: null };
const opened: MeetingAction = {
  type: 'breakout_rooms_opened',
  payload: {
    rooms: [red, blue],
    participants_may_choose: false,
    participants_may_return: true,
    closes_at: '2026-11-22T10:10:00.000Z',
  },
};
const moves = (id: string, roomId: string | null, changes: Partial<Participant> = {}): MeetingAction => ({
  type: 'participant_updated',
  payload: person(id, { breakout_room_id: roomId, ...changes }),
});
const goes = (roomId: string | null, ...producers: ReturnType<typeof producer>[]): MeetingAction => ({
  type: 'breakout_room_changed',
  payload: { breakout_room_id: roomId, producers },
});
const closed = (reason: 'closed' | 'time-limit' = 'closed'): MeetingAction => ({
  type: 'breakout_rooms_closed',
  payload: { reason },
});
const ids = (people: readonly Participant[]) => people.map(({ participant_id }) => participant_id);
const texts = ({ notices }: MeetingState) => notices.map(({ text }) => text);

describe('breakout rooms', () => {
  it('are known from joining on where they are open already', () => {
    if (joined.type !== 'meeting_joined') throw new Error('unreachable');
    const { meeting_info } = joined.payload;
    const late: MeetingAction = {
      ...joined,
      payload: {
        ...joined.payload,
        meeting_info: {
          ...meeting_info,
          breakout: opened.type === 'breakout_rooms_opened' ? opened.payload : null,
        },
      },
    };
    const state = after(late);
    expect(state.breakout?.rooms.map(({ name }) => name)).toEqual(['Red', 'Blue']);
    expect(after(late, joined).breakout).toBeUndefined();
  });

  it('leave everybody in the main room until they are moved', () => {
    const state = after(opened);
    expect(ownRoom(state)).toBeUndefined();
    expect(ids(peopleHere(state))).toEqual(['ada', 'bob']);
    expect(texts(state)).toEqual(['Breakout rooms are open']);
  });

  it('part those who are in different ones', () => {
    const state = after(opened, moves('bob', 'b'));
    expect(ids(peopleHere(state))).toEqual(['ada']);
    expect(ids(peopleIn(state, 'b'))).toEqual(['bob']);
    const there = after(opened, moves('bob', 'b'), goes('b', producer('p1', 'bob')));
    expect(ownRoom(there)).toEqual(blue);
    expect(ids(peopleHere(there))).toEqual(['ada', 'bob']);
  });

  it('that one goes into replace the producers by those within reach, and are said', () => {
    const state = after(opened, goes('r', producer('p9', 'cy')));
    expect(state.producers).toEqual([producer('p9', 'cy')]);
    expect(texts(state)).toEqual(['Breakout rooms are open', 'You are now in “Red”']);
    expect(texts(after(opened, goes('r'), goes(null))).at(-1)).toBe('You are back in the main room');
  });

  it('are full when all their places are taken', () => {
    const state = after(opened, moves('bob', 'r'));
    expect([mayEnter(state, red), mayEnter(state, blue)]).toEqual([false, true]);
  });

  it('that close soon say so, and keep the time', () => {
    const state = after(opened, {
      type: 'breakout_rooms_closing',
      payload: { closes_at: '2026-11-22T10:09:00.000Z' },
    });
    expect(state.breakoutClosing).toBe(true);
    expect(state.breakout?.closes_at).toBe('2026-11-22T10:09:00.000Z');
    expect(after(opened, closed(), opened).breakoutClosing).toBe(false);
  });

  it('that are closed bring everybody back, and keep their names for what was said in them', () => {
    const state = after(opened, moves('bob', 'b'), goes('r'), closed('time-limit'));
    expect(state.breakout).toBeUndefined();
    expect(ids(peopleHere(state))).toEqual(['ada', 'bob']);
    expect(state.participants.every(one => one.breakout_room_id === null)).toBe(true);
    expect(state.roomNames).toEqual({ r: 'Red', b: 'Blue' });
    expect(texts(state).at(-1)).toBe('Time is up: everybody is back in the main room');
  });

  it('do not separate from those whose room is closed', () => {
    expect(ids(peopleHere(after(moves('bob', 'gone'))))).toEqual(['ada', 'bob']);
  });

  it('a hand in another room is news for moderators, with the room, and for nobody else', () => {
    const raised = moves('bob', 'b', { is_hand_raised: true });
    expect(texts(after(opened, raised)).at(-1)).toBe('bob raised a hand in “Blue”');
    const participant = moves('ada', null, { role: 'participant' });
    expect(texts(after(participant, opened, raised)).at(-1)).toBe('Breakout rooms are open');
  });
});

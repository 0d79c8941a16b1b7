import { describe, expect, it } from '@jest/globals';
import { specify } from '../given-when-then.js';
import { assign, assigned, closed, goBack, opened, returned, room } from './breakout-examples.js';
import { Meeting } from './meeting.js';
import {
  ada,
  admin,
  created,
  grace,
  joined,
  left,
  linus,
  roleChanged,
  started,
  user,
} from './meeting-examples.js';

const { given } = specify(Meeting);
const ken = user('ken');
const running = [created(), started, joined('ada', 'host'), joined('grace'), joined('linus')] as const;
const withCoHost = [...running, joined('ken'), roleChanged('ken', 'co-host')] as const;
const strict = opened({ participantsMayChoose: false, participantsMayReturn: false });

describe('assigning a breakout room', () => {
  it('to another is for host, co-hosts and administrators', () => {
    given(...running, strict)
      .when(assign(ada, 'grace', 'b1'))
      .then(assigned('grace', 'b1'));
    given(...running, strict)
      .when(assign(admin, 'grace', 'b1'))
      .then(assigned('grace', 'b1', 'manual', 'root'));
    given(...withCoHost, strict)
      .when(assign(ken, 'grace', 'b1'))
      .then(assigned('grace', 'b1', 'manual', 'ken'));
    given(...running, opened())
      .when(assign(grace, 'linus', 'b1'))
      .thenRefused('INSUFFICIENT_PERMISSION');
  });
  it('to oneself is for all where they may choose, and else for host and co-hosts', () => {
    given(...running, opened())
      .when(assign(grace, 'grace', 'b1'))
      .then(assigned('grace', 'b1', 'self', 'grace'));
    given(...running, strict)
      .when(assign(grace, 'grace', 'b1'))
      .thenRefused('INSUFFICIENT_PERMISSION');
    given(...running, strict)
      .when(assign(ada, 'ada', 'b1'))
      .then(assigned('ada', 'b1', 'self', 'ada'));
    given(...withCoHost, strict)
      .when(assign(ken, 'ken', 'b2'))
      .then(assigned('ken', 'b2', 'self', 'ken'));
  });
  it('moves from one room straight to another', () => {
    given(...running, opened(), assigned('grace', 'b1'))
      .when(assign(ada, 'grace', 'b2'))
      .then(assigned('grace', 'b2'));
    const { state } = given(...running, opened(), assigned('grace', 'b1'), assigned('grace', 'b2'));
    expect(state.roster.grace?.breakoutRoomId).toBe('b2');
  });
  it('that one is in does nothing, even a full one', () =>
    given(...running, opened({ rooms: [room('b1', { capacity: 1 })] }), assigned('grace', 'b1'))
      .when(assign(ada, 'grace', 'b1'))
      .then());
  it('is refused when it is full, to moderators too, until a place is free', () => {
    const small = [
      ...running,
      opened({ rooms: [room('b1', { capacity: 1 })] }),
      assigned('grace', 'b1'),
    ] as const;
    given(...small)
      .when(assign(ada, 'linus', 'b1'))
      .thenRefused('BREAKOUT_ROOM_FULL', { capacity: 1 });
    given(...small)
      .when(assign(ada, 'ada', 'b1'))
      .thenRefused('BREAKOUT_ROOM_FULL');
    given(...small, left('grace', 'disconnected'))
      .when(assign(ada, 'linus', 'b1'))
      .then(assigned('linus', 'b1'));
    given(...small, returned('grace', 'b1'))
      .when(assign(ada, 'linus', 'b1'))
      .then(assigned('linus', 'b1'));
  });
  it.each(['b9', '__proto__', 'constructor', ''])('is refused for a room that does not exist: %j', roomId =>
    given(...running, opened())
      .when(assign(ada, 'grace', roomId))
      .thenRefused('BREAKOUT_ROOM_NOT_FOUND', { breakout_room_id: roomId }),
  );
  it('is refused for one who is not in', () =>
    given(...running, opened())
      .when(assign(ada, 'ken', 'b1'))
      .thenRefused('PARTICIPANT_NOT_FOUND', { user_id: 'ken' }));
  it('is refused without rooms', () => {
    given(...running)
      .when(assign(ada, 'grace', 'b1'))
      .thenRefused('BREAKOUT_ROOMS_NOT_OPEN');
    given(...running, opened(), closed())
      .when(assign(ada, 'grace', 'b1'))
      .thenRefused('BREAKOUT_ROOMS_NOT_OPEN');
  });
});

describe('going back to the main room', () => {
  it('is for oneself where participants may, and else for host and co-hosts', () => {
    given(...running, opened(), assigned('grace', 'b1'))
      .when(goBack(grace))
      .then(returned('grace', 'b1'));
    given(...running, strict, assigned('grace', 'b1'))
      .when(goBack(grace))
      .thenRefused('INSUFFICIENT_PERMISSION');
    given(...running, strict, assigned('ada', 'b1'))
      .when(goBack(ada))
      .then(returned('ada', 'b1'));
    given(...withCoHost, strict, assigned('ken', 'b1'))
      .when(goBack(ken))
      .then(returned('ken', 'b1'));
  });
  it('is for others as host, co-host or administrator', () => {
    const away = [...withCoHost, strict, assigned('grace', 'b1')] as const;
    for (const by of [ada, ken, admin])
      given(...away)
        .when(goBack(by, 'grace'))
        .then(returned('grace', 'b1', by.userId));
    given(...away)
      .when(goBack(linus, 'grace'))
      .thenRefused('INSUFFICIENT_PERMISSION');
  });
  it('from there does nothing, rooms open or not', () => {
    given(...running, opened())
      .when(goBack(grace))
      .then();
    given(...running, opened(), assigned('grace', 'b1'), closed())
      .when(goBack(grace))
      .then();
  });
  it('is refused for one who is not in', () =>
    given(...running, opened())
      .when(goBack(ken))
      .thenRefused('PARTICIPANT_NOT_FOUND', { user_id: 'ken' }));
});

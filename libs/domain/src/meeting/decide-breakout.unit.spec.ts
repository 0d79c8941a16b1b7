import { describe, expect, it } from '@jest/globals';
import { specify } from '../given-when-then.js';
import { SYSTEM } from '../principal.js';
import {
  announce,
  announced,
  assigned,
  close,
  closed,
  open,
  opened,
  room,
  spread,
} from './breakout-examples.js';
import { MAX_BREAKOUT_MINUTES, MAX_BREAKOUT_ROOMS } from './decide-breakout.js';
import { Meeting } from './meeting.js';
import type { MeetingEvent } from './meeting-events.js';
import {
  ada,
  admin,
  cancelled,
  created,
  end,
  ended,
  grace,
  join,
  joined,
  leave,
  left,
  recording,
  recordingStopped,
  roleChanged,
  started,
  user,
} from './meeting-examples.js';

const { given } = specify(Meeting);
const ken = user('ken');
const running = [created(), started, joined('ada', 'host'), joined('grace'), joined('linus')] as const;
const withCoHost = [...running, joined('ken'), roleChanged('ken', 'co-host')] as const;
const closesAt = '2026-11-22T10:30:00.000Z';
const limited = opened({ timeLimitMinutes: 30, closesAt });

describe('opening breakout rooms', () => {
  it('is for the host and administrators', () => {
    given(...running)
      .when(open(ada))
      .then(opened());
    given(...running)
      .when(open(admin))
      .then(opened({ openedBy: 'root' }));
    given(...running)
      .when(open(grace))
      .thenRefused('INSUFFICIENT_PERMISSION');
    given(...withCoHost)
      .when(open(ken))
      .thenRefused('INSUFFICIENT_PERMISSION');
  });
  it('is refused before the start, after the end and once cancelled', () => {
    given(created()).when(open(ada)).thenRefused('MEETING_NOT_ACTIVE');
    given(created(), started, ended).when(open(ada)).thenRefused('MEETING_ENDED');
    given(created(), cancelled).when(open(ada)).thenRefused('MEETING_CANCELLED');
  });
  it('is refused while others are open, and granted once these are closed', () => {
    given(...running, opened())
      .when(open(ada))
      .thenRefused('BREAKOUT_ROOMS_ALREADY_OPEN');
    given(...running, opened(), closed())
      .when(open(ada))
      .then(opened());
  });
  it('says when they will close, where there is a time limit', () =>
    given(...running)
      .when(open(ada, { timeLimitMinutes: 30 }))
      .then(limited));
  it.each([0, -1, 1.5, NaN, MAX_BREAKOUT_MINUTES + 1])('is refused for %d minutes', timeLimitMinutes =>
    given(...running)
      .when(open(ada, { timeLimitMinutes }))
      .thenRefused('VALIDATION_FAILED', {
        time_limit_minutes: `must be a whole number from 1 to ${MAX_BREAKOUT_MINUTES}`,
      }),
  );
  it('is refused for no rooms and for too many', () => {
    const many = Array.from({ length: MAX_BREAKOUT_ROOMS + 1 }, (_, index) => room(`b${index}`));
    const details = { room_count: `must be from 1 to ${MAX_BREAKOUT_ROOMS}` };
    given(...running)
      .when(open(ada, { rooms: [] }))
      .thenRefused('VALIDATION_FAILED', details);
    given(...running)
      .when(open(ada, { rooms: many }))
      .thenRefused('VALIDATION_FAILED', details);
    given(...running)
      .when(open(ada, { rooms: many.slice(1) }))
      .then(opened({ rooms: many.slice(1) }));
  });
  it('is refused for two rooms of one id', () =>
    given(...running)
      .when(open(ada, { rooms: [room('b1'), room('b1')] }))
      .thenRefused('VALIDATION_FAILED', { rooms: 'must have different ids' }));
  it.each([0, -1, 0.5, NaN])('is refused for a room with %d places', capacity =>
    given(...running)
      .when(open(ada, { rooms: [room('b1'), room('b2', { capacity })] }))
      .thenRefused('VALIDATION_FAILED', { 'rooms.1.capacity': 'must be a whole number from 1' }),
  );
  it('spreads all but host and co-hosts, where that is wanted', () =>
    given(...withCoHost)
      .when(open(ada, { autoAssign: true }))
      .then(opened(), assigned('grace', 'b1', 'auto'), assigned('linus', 'b2', 'auto')));
});

describe('spreading', () => {
  const many = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'].map(name => joined(name));
  const full = [created(), started, joined('ada', 'host'), ...many] as const;
  /** How many are sent to which room. */
  const spreadOf = (...events: readonly MeetingEvent[]): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const event of Meeting.decide(given(...events).state, spread(ada))) {
      if (event.type !== 'BreakoutRoomAssigned') continue;
      counts[event.data.roomId] = (counts[event.data.roomId] ?? 0) + 1;
    }
    return counts;
  };
  const three = [room('b1'), room('b2'), room('b3')];

  it('fills rooms evenly', () =>
    expect(spreadOf(...full, opened({ rooms: three }))).toEqual({ b1: 3, b2: 2, b3: 2 }));
  it('fills no room beyond its places, and the others evenly', () =>
    expect(
      spreadOf(...full, opened({ rooms: [room('b1', { capacity: 1 }), room('b2'), room('b3')] })),
    ).toEqual({ b1: 1, b2: 3, b3: 3 }));
  it('leaves in the main room whoever finds no place', () =>
    expect(
      spreadOf(...full, opened({ rooms: [room('b1', { capacity: 1 }), room('b2', { capacity: 2 })] })),
    ).toEqual({ b1: 1, b2: 2 }));
  it('evens out what was assigned before, and moves nobody who has a room', () =>
    expect(
      spreadOf(
        ...full,
        opened({ rooms: three }),
        assigned('one', 'b1'),
        assigned('two', 'b1'),
        assigned('three', 'b1'),
      ),
    ).toEqual({ b2: 2, b3: 2 }));
  it('goes by the order in which people came', () => {
    const late = { ...joined('late').data, joinedAt: '2026-11-22T09:00:00.000Z' };
    given(...running, { type: 'ParticipantJoined', data: late }, opened())
      .when(spread(ada))
      .then(assigned('late', 'b1', 'auto'), assigned('grace', 'b2', 'auto'), assigned('linus', 'b1', 'auto'));
  });
  it('takes viewers along', () =>
    given(...running, roleChanged('grace', 'viewer'), opened())
      .when(spread(ada))
      .then(assigned('grace', 'b1', 'auto'), assigned('linus', 'b2', 'auto')));
  it('is for host, co-hosts and administrators', () => {
    given(...withCoHost, opened())
      .when(spread(ken))
      .then(assigned('grace', 'b1', 'auto', 'ken'), assigned('linus', 'b2', 'auto', 'ken'));
    given(...running, opened())
      .when(spread(grace))
      .thenRefused('INSUFFICIENT_PERMISSION');
  });
  it('does nothing where everybody has a room', () =>
    given(...running, opened(), assigned('grace', 'b1'), assigned('linus', 'b1'))
      .when(spread(ada))
      .then());
  it('is refused without rooms', () =>
    given(...running)
      .when(spread(ada))
      .thenRefused('BREAKOUT_ROOMS_NOT_OPEN'));
});

describe('whoever is in a breakout room', () => {
  const away = [...running, opened(), assigned('grace', 'b1')] as const;
  it('leaves it by leaving the meeting, and comes back to the main room', () => {
    given(...away, left('grace'))
      .when(join(grace))
      .then(joined('grace'));
    expect(given(...away, left('grace'), joined('grace')).state.roster.grace).not.toHaveProperty(
      'breakoutRoomId',
    );
  });
  it('leaves it by being removed', () => {
    given(...away)
      .when(leave(ada, 'grace', 'removed'))
      .then(left('grace', 'removed'));
    expect(Object.keys(given(...away, left('grace', 'removed')).state.roster)).toEqual(['ada', 'linus']);
  });
  it('stays in it with another role', () =>
    expect(given(...away, roleChanged('grace', 'co-host')).state.roster.grace).toMatchObject({
      role: 'co-host',
      breakoutRoomId: 'b1',
    }));
  it('keeps place and seat with a second device', () =>
    given(...away)
      .when(join(grace))
      .then());
});

describe('closing breakout rooms', () => {
  it('brings everybody back', () => {
    given(...running, opened(), assigned('grace', 'b1'))
      .when(close(ada))
      .then(closed());
    const { state } = given(...running, opened(), assigned('grace', 'b1'), assigned('ada', 'b2'), closed());
    expect(state.breakout).toBeUndefined();
    for (const seat of Object.values(state.roster)) expect(seat).not.toHaveProperty('breakoutRoomId');
  });
  it('is for the host and administrators', () => {
    given(...running, opened())
      .when(close(admin))
      .then(closed('closed', 'root'));
    given(...withCoHost, opened())
      .when(close(ken))
      .thenRefused('INSUFFICIENT_PERMISSION');
  });
  it('is refused where none are open', () => {
    given(...running)
      .when(close(ada))
      .thenRefused('BREAKOUT_ROOMS_NOT_OPEN');
    given(...running, opened(), closed())
      .when(close(ada))
      .thenRefused('BREAKOUT_ROOMS_NOT_OPEN');
  });
  it('happens with the end of the meeting, before everybody leaves', () =>
    given(created(), started, joined('ada', 'host'), opened(), assigned('ada', 'b1'), recording('r1'))
      .when(end(ada))
      .then(recordingStopped('r1'), closed('meeting-ended'), left('ada', 'meeting-ended'), ended));

  describe('by their time limit', () => {
    it('is Parley’s', () => {
      given(...running, limited)
        .when(close(SYSTEM, closesAt))
        .then(closed('time-limit', 'system'));
      given(...running, limited)
        .when(close(ada, closesAt))
        .thenRefused('INSUFFICIENT_PERMISSION');
    });
    it('does nothing when it is the limit of other rooms, of none, or of a meeting that is over', () => {
      given(...running, limited)
        .when(close(SYSTEM, '2026-11-22T10:29:00.000Z'))
        .then();
      given(...running, opened())
        .when(close(SYSTEM, closesAt))
        .then();
      given(...running, limited, closed())
        .when(close(SYSTEM, closesAt))
        .then();
      given(...running, limited, closed(), ended)
        .when(close(SYSTEM, closesAt))
        .then();
    });
  });
});

describe('that breakout rooms will close', () => {
  it('is announced by Parley, once', () => {
    given(...running, limited)
      .when(announce(SYSTEM, closesAt))
      .then(announced(closesAt));
    given(...running, limited, announced(closesAt))
      .when(announce(SYSTEM, closesAt))
      .then();
    given(...running, limited)
      .when(announce(ada, closesAt))
      .thenRefused('INSUFFICIENT_PERMISSION');
  });
  it('is announced again for rooms that were opened later', () => {
    const later = opened({ timeLimitMinutes: 5, closesAt: '2026-11-22T11:00:00.000Z' });
    given(...running, limited, announced(closesAt), closed(), later)
      .when(announce(SYSTEM, '2026-11-22T11:00:00.000Z'))
      .then(announced('2026-11-22T11:00:00.000Z'));
    given(...running, limited, closed(), later)
      .when(announce(SYSTEM, closesAt))
      .then();
  });
  it('is not announced of rooms without a limit, or closed ones', () => {
    given(...running, opened())
      .when(announce(SYSTEM, closesAt))
      .then();
    given(...running, limited, closed())
      .when(announce(SYSTEM, closesAt))
      .then();
  });
});

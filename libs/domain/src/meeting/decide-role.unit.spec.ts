import { describe, expect, it } from '@jest/globals';
import { specify } from '../given-when-then.js';
import { Meeting } from './meeting.js';
import { roleOf } from './meeting-state.js';
import {
  ada,
  admin,
  admit,
  at,
  cancelled,
  changeRole,
  created,
  denied,
  end,
  ended,
  grace,
  hostChanged,
  join,
  joined,
  leave,
  left,
  linus,
  meetingId,
  policy,
  roleChanged,
  started,
  user,
  waiting,
} from './meeting-examples.js';
import { open } from './breakout-examples.js';

const { given } = specify(Meeting);
const three = [created(), started, joined('ada', 'host'), joined('grace'), joined('linus')] as const;
const handed = [
  ...three,
  hostChanged('ada', 'grace'),
  roleChanged('ada', 'co-host'),
  roleChanged('grace', 'host'),
] as const;

describe('handing the host’s role over', () => {
  it('makes another one host and the host before a co-host', () =>
    given(...three)
      .when(changeRole(ada, 'grace', 'host'))
      .then(hostChanged('ada', 'grace'), roleChanged('ada', 'co-host'), roleChanged('grace', 'host')));
  it('by an administrator, while the host is away, leaves the host a co-host', () => {
    const away = given(...three, left('ada'));
    away
      .when(changeRole(admin, 'grace', 'host'))
      .then(hostChanged('ada', 'grace', 'root'), roleChanged('grace', 'host', 'root'));
    const { state } = given(
      ...three,
      left('ada'),
      hostChanged('ada', 'grace', 'root'),
      roleChanged('grace', 'host'),
    );
    expect([roleOf(state, 'ada'), roleOf(state, 'grace'), state.hostName]).toEqual([
      'co-host',
      'host',
      'Name of grace',
    ]);
  });
  it('may be done to a co-host and to a viewer', () => {
    for (const role of ['co-host', 'viewer'] as const) {
      given(...three, roleChanged('grace', role))
        .when(changeRole(ada, 'grace', 'host'))
        .then(hostChanged('ada', 'grace'), roleChanged('ada', 'co-host'), roleChanged('grace', 'host'));
    }
  });
  it('to the host does nothing', () =>
    given(...three)
      .when(changeRole(ada, 'ada', 'host'))
      .then());
  it('is refused to all but the host and administrators', () => {
    given(...three)
      .when(changeRole(grace, 'grace', 'host'))
      .thenRefused('INSUFFICIENT_PERMISSION');
    given(...three, roleChanged('grace', 'co-host'))
      .when(changeRole(grace, 'grace', 'host'))
      .thenRefused('INSUFFICIENT_PERMISSION');
  });
  it('is refused for one who is not in', () =>
    given(...three)
      .when(changeRole(ada, 'ken', 'host'))
      .thenRefused('PARTICIPANT_NOT_FOUND', { user_id: 'ken' }));
  it('is refused before the start, after the end, and once cancelled', () => {
    given(created())
      .when(changeRole(ada, 'grace', 'host'))
      .thenRefused('MEETING_NOT_ACTIVE');
    given(created(), started, ended)
      .when(changeRole(ada, 'grace', 'host'))
      .thenRefused('MEETING_ENDED');
    given(created(), cancelled)
      .when(changeRole(ada, 'grace', 'host'))
      .thenRefused('MEETING_CANCELLED');
  });
});

describe('once the host’s role was handed over', () => {
  it('there is one host', () => {
    const { state } = given(...handed);
    expect(Object.values(state.roster).map(({ userId, role }) => [userId, role])).toEqual([
      ['ada', 'co-host'],
      ['grace', 'host'],
      ['linus', 'attendee'],
    ]);
    expect(state.grantedRoles).toEqual({ ada: 'co-host' });
  });
  it('the new host does what the host does, and the one before no more', () => {
    given(...handed)
      .when(changeRole(ada, 'linus', 'co-host'))
      .thenRefused('INSUFFICIENT_PERMISSION');
    given(...handed)
      .when(policy(ada, { locked: true }))
      .thenRefused('INSUFFICIENT_PERMISSION');
    given(...handed)
      .when(end(ada))
      .thenRefused('INSUFFICIENT_PERMISSION');
    given(...handed)
      .when(open(ada))
      .thenRefused('INSUFFICIENT_PERMISSION');
    given(...handed)
      .when(changeRole(ada, 'ada', 'host'))
      .thenRefused('INSUFFICIENT_PERMISSION');
    given(...handed)
      .when(leave(ada, 'grace', 'removed'))
      .thenRefused('INSUFFICIENT_PERMISSION');
    given(...handed)
      .when(changeRole(grace, 'linus', 'co-host'))
      .then(roleChanged('linus', 'co-host', 'grace'));
    given(...handed)
      .when(leave(grace, 'ada', 'removed'))
      .then(left('ada', 'removed'));
  });
  it('the host before moderates', () => {
    given(...handed, waiting('ken'))
      .when(admit(ada, 'ken'))
      .then({
        type: 'ParticipantAdmitted',
        data: { meetingId, userId: 'ken', admittedBy: 'ada', admittedAt: at },
      });
    given(...handed)
      .when(leave(ada, 'linus', 'removed'))
      .then(left('linus', 'removed'));
  });
  it('it can be handed back', () => {
    given(...handed)
      .when(changeRole(grace, 'ada', 'host'))
      .then(
        hostChanged('grace', 'ada'),
        roleChanged('grace', 'co-host', 'grace'),
        roleChanged('ada', 'host', 'grace'),
      );
    const { state } = given(
      ...handed,
      hostChanged('grace', 'ada'),
      roleChanged('grace', 'co-host'),
      roleChanged('ada', 'host'),
    );
    expect([state.hostUserId, state.grantedRoles]).toEqual(['ada', { grace: 'co-host' }]);
  });
  it('the host before may be made an attendee or removed like anybody else', () => {
    given(...handed)
      .when(changeRole(grace, 'ada', 'attendee'))
      .then(roleChanged('ada', 'attendee', 'grace'));
    given(...handed, left('ada', 'removed'))
      .when(join(ada))
      .thenRefused('JOIN_DENIED');
  });
  it('the roles outlast leaving and coming back', () => {
    given(...handed, left('ada'), left('grace'))
      .when(join(ada))
      .then(joined('ada', 'co-host'));
    given(...handed, left('ada'), left('grace'))
      .when(join(grace))
      .then(joined('grace', 'host'));
  });
});

describe('a co-host', () => {
  const withCoHosts = [
    ...three,
    roleChanged('grace', 'co-host'),
    joined('ken'),
    roleChanged('ken', 'co-host'),
  ] as const;
  it('is not demoted by another, nor demotes the host', () => {
    given(...withCoHosts)
      .when(changeRole(user('ken'), 'grace', 'attendee'))
      .thenRefused('INSUFFICIENT_PERMISSION');
    given(...withCoHosts)
      .when(changeRole(grace, 'ada', 'attendee'))
      .thenRefused('INSUFFICIENT_PERMISSION');
  });
  it('may remove another co-host, not the host', () => {
    given(...withCoHosts)
      .when(leave(grace, 'ken', 'removed'))
      .then(left('ken', 'removed'));
    given(...withCoHosts)
      .when(leave(grace, 'ada', 'removed'))
      .thenRefused('INSUFFICIENT_PERMISSION');
  });
  it('loses the role to the host', () =>
    given(...withCoHosts)
      .when(changeRole(ada, 'grace', 'attendee'))
      .then(roleChanged('grace', 'attendee')));
  it('once demoted moderates no more', () =>
    given(...withCoHosts, roleChanged('grace', 'attendee'))
      .when(leave(grace, 'linus', 'removed'))
      .thenRefused('INSUFFICIENT_PERMISSION'));
});

describe('an administrator’s removal of the host', () => {
  it('keeps the host’s role, and does not keep the host out', () => {
    given(...three, left('ada', 'removed'))
      .when(join(ada))
      .then(joined('ada', 'host'));
    given(...three, left('ada', 'removed'))
      .when(end(ada))
      .then(left('grace', 'meeting-ended'), left('linus', 'meeting-ended'), ended);
  });
  it('leaves the host no co-host where another one becomes host while they are out', () => {
    const { state } = given(
      ...three,
      left('ada', 'removed'),
      hostChanged('ada', 'grace', 'root'),
      roleChanged('grace', 'host'),
    );
    expect(roleOf(state, 'ada')).toBe('attendee');
    expect(state.denied).toEqual(['ada']);
  });
});

describe('cancelling', () => {
  const cancel = (by: typeof ada) => ({ type: 'CancelMeeting', by, at }) as const;
  it('is for the host and administrators', () => {
    given(created()).when(cancel(ada)).then(cancelled);
    given(created())
      .when(cancel(admin))
      .then({ ...cancelled, data: { meetingId, cancelledBy: 'root', cancelledAt: at } } as never);
    given(created()).when(cancel(linus)).thenRefused('INSUFFICIENT_PERMISSION');
  });
  it('twice does nothing the second time', () => given(created(), cancelled).when(cancel(ada)).then());
  it('is refused once the meeting runs or is over, or where there is none', () => {
    given(created(), started).when(cancel(ada)).thenRefused('MEETING_ALREADY_ACTIVE');
    given(created(), started, ended).when(cancel(ada)).thenRefused('MEETING_ENDED');
    given().when(cancel(ada)).thenRefused('MEETING_NOT_FOUND');
  });
  it('lets nobody start or end the meeting, or answer those who wait', () => {
    given(created(), cancelled).when({ type: 'StartMeeting', by: ada, at }).thenRefused('MEETING_CANCELLED');
    given(created(), cancelled).when(end(ada)).thenRefused('MEETING_CANCELLED');
    given(created(), cancelled, waiting('grace'), denied('grace'))
      .when(admit(ada, 'grace'))
      .thenRefused('MEETING_CANCELLED');
  });
});

import { describe, it } from '@jest/globals';
import { specify } from '../given-when-then.js';
import { Meeting } from './meeting.js';
import {
  ada,
  admin,
  admitted,
  applied,
  cancelled,
  created,
  denied,
  grace,
  guest,
  hostChanged,
  join,
  joined,
  left,
  linus,
  roleChanged,
  started,
  stoppedWaiting,
  user,
  waiting,
  withEmail,
} from './meeting-examples.js';
import type { MeetingSettings } from './meeting-events.js';

const { given } = specify(Meeting);
const meeting = (settings: Partial<MeetingSettings>) => [created(settings), started] as const;
const coHost = [joined('grace'), roleChanged('grace', 'co-host'), left('grace')] as const;

it('joining a cancelled meeting is refused, to the host as well', () => {
  given(created(), cancelled).when(join(grace)).thenRefused('MEETING_CANCELLED');
  given(created(), cancelled).when(join(ada)).thenRefused('MEETING_CANCELLED');
});

describe('joining a locked meeting', () => {
  const locked = meeting({ locked: true });
  it('is refused', () =>
    given(...locked)
      .when(join(grace))
      .thenRefused('MEETING_LOCKED'));
  it('is refused to whoever was in and left, was admitted, or waits', () => {
    given(...meeting({}), joined('grace'), left('grace'), applied({ locked: true }))
      .when(join(grace))
      .thenRefused('MEETING_LOCKED');
    const queue = [...meeting({ waitingRoomEnabled: true }), waiting('grace')] as const;
    const lock = applied({ waitingRoomEnabled: true, locked: true });
    given(...queue, lock)
      .when(join(grace))
      .thenRefused('MEETING_LOCKED');
    given(...queue, admitted('grace'), lock)
      .when(join(grace))
      .thenRefused('MEETING_LOCKED');
  });
  it('is granted to the host, to co-hosts and to administrators', () => {
    given(...locked)
      .when(join(ada))
      .then(joined('ada', 'host'));
    given(...locked, ...coHost)
      .when(join(grace))
      .then(joined('grace', 'co-host'));
    given(...locked)
      .when(join(admin))
      .then(joined('root'));
  });
  it('is granted to a second device of whoever is in', () =>
    given(...meeting({}), joined('grace'), applied({ locked: true }))
      .when(join(grace))
      .then());
  it('starts it, where the host comes before the start', () =>
    given(created({ locked: true }))
      .when(join(ada))
      .then(started, joined('ada', 'host')));
});

describe('joining where guests may not', () => {
  const closed = meeting({ anonymousJoinAllowed: false });
  it('is refused to a guest', () =>
    given(...closed)
      .when(join(guest))
      .thenRefused('INSUFFICIENT_PERMISSION', { allow_anonymous_join: false }));
  it('is granted to a user', () =>
    given(...closed)
      .when(join(grace))
      .then(joined('grace')));
  it('is granted to guests elsewhere', () =>
    given(...meeting({}))
      .when(join(guest))
      .then(joined('guest-1')));
});

describe('joining where only some domains may', () => {
  const company = meeting({ allowedDomains: ['example.com', 'example.org'] });
  const refusal = { allowed_domains: 'do not include that of your e-mail address' };
  it.each(['grace@example.com', 'grace@EXAMPLE.Org', 'odd@name@example.com'])('is granted to %s', email =>
    given(...company)
      .when(join(withEmail(grace, email)))
      .then({ ...joined('grace'), data: { ...joined('grace').data, email } }),
  );
  it.each([
    'grace@elsewhere.com',
    'grace@notexample.com',
    'grace@sub.example.com',
    'grace@example.com.evil.net',
    'example.com',
    'grace@example.com@',
    '',
  ])('is refused to %j', email =>
    given(...company)
      .when(join(withEmail(grace, email)))
      .thenRefused('INSUFFICIENT_PERMISSION', refusal),
  );
  it('is refused without an e-mail address', () =>
    given(...company)
      .when(join(grace))
      .thenRefused('INSUFFICIENT_PERMISSION', refusal));
  it('is granted to the host and to administrators', () => {
    given(...company)
      .when(join(ada))
      .then(joined('ada', 'host'));
    given(...company)
      .when(join(admin))
      .then(joined('root'));
  });
});

describe('joining as one who is blocked', () => {
  const blocking = meeting({ blockedUsers: ['grace', 'root'] });
  it('is refused, to administrators as well', () => {
    given(...blocking)
      .when(join(grace))
      .thenRefused('JOIN_DENIED');
    given(...blocking)
      .when(join(admin))
      .thenRefused('JOIN_DENIED');
  });
  it('is granted to others', () =>
    given(...blocking)
      .when(join(linus))
      .then(joined('linus')));
});

describe('of several reasons to refuse', () => {
  const all = {
    ...{
      blockedUsers: ['guest-1'],
      locked: true,
      anonymousJoinAllowed: false,
      allowedDomains: ['example.com'],
    },
    ...{ passwordHash: 'scrypt$', waitingRoomEnabled: true, maxParticipants: 1 },
  };
  const full = (settings: Partial<MeetingSettings>) => given(...meeting(settings), joined('ada', 'host'));
  it('the first is told: blocked, locked, guest, domain, password, denied; then one waits; a full meeting is told last', () => {
    full(all).when(join(guest)).thenRefused('JOIN_DENIED');
    full({ ...all, blockedUsers: [] })
      .when(join(guest))
      .thenRefused('MEETING_LOCKED');
    full({ ...all, blockedUsers: [], locked: false })
      .when(join(guest))
      .thenRefused('INSUFFICIENT_PERMISSION', { allow_anonymous_join: false });
    full({ ...all, locked: false })
      .when(join(grace))
      .thenRefused('INSUFFICIENT_PERMISSION', {
        allowed_domains: 'do not include that of your e-mail address',
      });
    full({ ...all, locked: false, allowedDomains: [] })
      .when(join(grace))
      .thenRefused('INVALID_PASSWORD');
    given(...meeting({ ...all, locked: false, allowedDomains: [] }), waiting('grace'), denied('grace'))
      .when(join(grace, { passwordMatches: true }))
      .thenRefused('JOIN_DENIED');
    full({ ...all, locked: false, allowedDomains: [] })
      .when(join(grace, { passwordMatches: true }))
      .then(waiting('grace'));
    full({ maxParticipants: 1 }).when(join(grace)).thenRefused('MAX_PARTICIPANTS_REACHED');
  });
  it('no more than a thousand wait at a time', () => {
    const crowd = Array.from({ length: 1000 }, (_, n) => waiting(`guest-${n}`));
    const crowded = given(...meeting({ waitingRoomEnabled: true }), ...crowd);
    crowded.when(join(grace)).thenRefused('MAX_PARTICIPANTS_REACHED', { waiting: 1000 });
    crowded.when(join(user('guest-7'))).then();
  });
  it('who waits is told that the meeting became locked', () =>
    given(
      ...meeting({ waitingRoomEnabled: true }),
      waiting('grace'),
      applied({ waitingRoomEnabled: true, locked: true }),
    )
      .when(join(grace))
      .thenRefused('MEETING_LOCKED'));
});

describe('giving up waiting', () => {
  const queue = [...meeting({ waitingRoomEnabled: true }), waiting('grace')] as const;
  const stop = (by: typeof ada, userId: string) =>
    ({ type: 'StopWaiting', by, at: started.data.startedAt, userId }) as const;
  it('is for who waits, and for administrators', () => {
    given(...queue)
      .when(stop(grace, 'grace'))
      .then(stoppedWaiting('grace'));
    given(...queue)
      .when(stop(admin, 'grace'))
      .then(stoppedWaiting('grace'));
  });
  it('is what leaving means for who waits', () => {
    const leave = { type: 'LeaveMeeting', by: grace, at: started.data.startedAt, userId: 'grace' } as const;
    given(...queue)
      .when({ ...leave, reason: 'left' })
      .then(stoppedWaiting('grace'));
  });
  it('is refused to others, the host among them, who would deny', () => {
    given(...queue)
      .when(stop(linus, 'grace'))
      .thenRefused('INSUFFICIENT_PERMISSION');
    given(...queue)
      .when(stop(ada, 'grace'))
      .thenRefused('INSUFFICIENT_PERMISSION');
  });
  it('does nothing for who does not wait', () => {
    given(...queue)
      .when(stop(linus, 'linus'))
      .then();
    given(...queue, stoppedWaiting('grace'))
      .when(stop(grace, 'grace'))
      .then();
    given(...queue, admitted('grace'))
      .when(stop(grace, 'grace'))
      .then();
  });
  it('lets one ask again', () =>
    given(...queue, stoppedWaiting('grace'))
      .when(join(grace))
      .then(waiting('grace')));
  it('is not answered any more', () =>
    given(...queue, stoppedWaiting('grace'))
      .when({ type: 'AdmitParticipant', by: ada, at: started.data.startedAt, userId: 'grace' })
      .thenRefused('PARTICIPANT_NOT_FOUND'));
  it('is refused where there is no meeting', () =>
    given().when(stop(grace, 'grace')).thenRefused('MEETING_NOT_FOUND'));
});

it('the host before comes back as co-host, past lock and waiting room, and another host without either', () => {
  const handed = [
    ...meeting({}),
    joined('ada', 'host'),
    joined('grace'),
    left('ada'),
    hostChanged('ada', 'grace', 'root'),
    roleChanged('grace', 'host', 'root'),
    applied({ locked: true, waitingRoomEnabled: true }, 'grace'),
  ] as const;
  given(...handed)
    .when(join(ada))
    .then(joined('ada', 'co-host'));
  given(...handed, left('grace'))
    .when(join(grace))
    .then(joined('grace', 'host'));
  given(...handed)
    .when(join(user('ken')))
    .thenRefused('MEETING_LOCKED');
});

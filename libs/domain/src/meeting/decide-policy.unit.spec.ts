import { describe, expect, it } from '@jest/globals';
import { specify } from '../given-when-then.js';
import { SYSTEM } from '../principal.js';
import { opened, assigned } from './breakout-examples.js';
import { MAX_LISTED } from './checked-settings.js';
import { Meeting } from './meeting.js';
import {
  ada,
  admin,
  admitted,
  applied,
  at,
  cancelled,
  created,
  denied,
  ended,
  grace,
  join,
  joined,
  left,
  linus,
  meetingId,
  policy,
  recording,
  recordingStopped,
  roleChanged,
  started,
  stopRecording,
  waiting,
} from './meeting-examples.js';
import type { MeetingSettings } from './meeting-events.js';

const { given } = specify(Meeting);
const running = [created(), started, joined('ada', 'host'), joined('grace'), joined('linus')] as const;

describe('a security policy', () => {
  it.each<[keyof MeetingSettings, Partial<MeetingSettings>]>([
    ['maxParticipants', { maxParticipants: 7 }],
    ['waitingRoomEnabled', { waitingRoomEnabled: true }],
    ['autoRecord', { autoRecord: true }],
    ['recordingPermission', { recordingPermission: 'all' }],
    ['screenSharePermission', { screenSharePermission: 'none' }],
    ['chatPermission', { chatPermission: 'host' }],
    ['anonymousJoinAllowed', { anonymousJoinAllowed: false }],
    ['allowedDomains', { allowedDomains: ['example.com', 'example.org'] }],
    ['blockedUsers', { blockedUsers: ['mallory'] }],
    ['muteOnEntry', { muteOnEntry: true }],
    ['cameraDisabled', { cameraDisabled: true }],
    ['locked', { locked: true }],
  ])('changes %s and leaves the rest', (_field, changes) =>
    given(...running)
      .when(policy(ada, changes))
      .then(applied(changes)),
  );
  it('changes several fields at once, and says all of them', () =>
    given(created({ muteOnEntry: true }), started)
      .when(policy(ada, { locked: true, chatPermission: 'none' }))
      .then(applied({ muteOnEntry: true, locked: true, chatPermission: 'none' })));
  it('that asks for what is so already does nothing', () => {
    given(...running)
      .when(policy(ada, {}))
      .then();
    given(...running, applied({ locked: true, blockedUsers: ['mallory'], allowedDomains: ['example.com'] }))
      .when(policy(ada, { locked: true, blockedUsers: ['mallory'], allowedDomains: ['Example.com'] }))
      .then();
  });
  it('leaves what is named without a value', () =>
    given(...running)
      .when(policy(ada, { maxParticipants: undefined, locked: true }))
      .then(applied({ locked: true })));
  it('keeps nothing that no setting is called, and no hash but the one given as such', () =>
    given(...running)
      .when(policy(ada, { locked: true, passwordHash: 'smuggled', colour: 'red' } as never))
      .then(applied({ locked: true })));
  it('may be applied before the meeting', () =>
    given(created())
      .when(policy(ada, { locked: true }))
      .then(applied({ locked: true })));

  it('is for the host and administrators', () => {
    given(...running)
      .when(policy(admin, { locked: true }))
      .then(applied({ locked: true }, 'root'));
    given(...running)
      .when(policy(grace, { locked: true }))
      .thenRefused('INSUFFICIENT_PERMISSION');
    given(...running, roleChanged('grace', 'co-host'))
      .when(policy(grace, { locked: true }))
      .thenRefused('INSUFFICIENT_PERMISSION');
  });
  it('is refused where there is no meeting, or no more', () => {
    given()
      .when(policy(ada, { locked: true }))
      .thenRefused('MEETING_NOT_FOUND');
    given(created(), started, ended)
      .when(policy(ada, { locked: true }))
      .thenRefused('MEETING_ENDED');
    given(created(), cancelled)
      .when(policy(ada, { locked: true }))
      .thenRefused('MEETING_CANCELLED');
  });

  it.each([0, -1, 1.5, NaN, Infinity])('is refused with %d participants', maxParticipants =>
    given(...running)
      .when(policy(ada, { maxParticipants }))
      .thenRefused('VALIDATION_FAILED', { max_participants: 'must be a whole number from 1' }),
  );
  it('is refused when it would block the host', () =>
    given(...running)
      .when(policy(ada, { blockedUsers: ['linus', 'ada'] }))
      .thenRefused('VALIDATION_FAILED', { blocked_users: 'must not name the host' }));
  it.each(['allowedDomains', 'blockedUsers'] as const)('is refused with too long a list of %s', field => {
    const names = Array.from({ length: MAX_LISTED + 1 }, (_, index) => `n${index}`);
    const shown = { allowedDomains: 'allowed_domains', blockedUsers: 'blocked_users' }[field];
    given(...running)
      .when(policy(ada, { [field]: names }))
      .thenRefused('VALIDATION_FAILED', { [shown]: 'must have at most 1000 entries' });
    given(...running)
      .when(policy(ada, { [field]: names.slice(1) }))
      .then(applied({ [field]: names.slice(1) }));
    given(...running)
      .when(policy(ada, { [field]: ['fine', ''] }))
      .thenRefused('VALIDATION_FAILED', { [`${shown}.1`]: 'must be 1 to 255 characters' });
    given(...running)
      .when(policy(ada, { [field]: ['x'.repeat(256)] }))
      .thenRefused('VALIDATION_FAILED', { [`${shown}.0`]: 'must be 1 to 255 characters' });
  });
  it('takes each domain once, in lower case', () =>
    given(...running)
      .when(policy(ada, { allowedDomains: ['Example.COM', ' example.com ', 'example.org'] }))
      .then(applied({ allowedDomains: ['example.com', 'example.org'] })));
});

describe('a meeting is created', () => {
  const create = (settings: Partial<MeetingSettings>) => {
    const { hostUserId: _host, hostName: _name, createdAt: _at, ...data } = created(settings).data;
    return { type: 'CreateMeeting', by: ada, at, startNow: false, ...data } as const;
  };
  it('by the same rules of settings as a policy', () => {
    given()
      .when(create({ allowedDomains: ['Example.COM'] }))
      .then(created({ allowedDomains: ['example.com'] }));
    given()
      .when(create({ blockedUsers: ['ada'] }))
      .thenRefused('VALIDATION_FAILED', {
        blocked_users: 'must not name the host',
      });
    given()
      .when(create({ maxParticipants: 0 }))
      .thenRefused('VALIDATION_FAILED');
  });
});

describe('the password', () => {
  const hash = { passwordHash: 'scrypt$one' };
  it('is asked for from when one is given', () =>
    given(...running)
      .when(policy(ada, {}, { passwordRequired: true, ...hash }))
      .then(applied(hash)));
  it('is asked for where one is given without a word on whether it is required', () =>
    given(...running)
      .when(policy(ada, {}, hash))
      .then(applied(hash)));
  it('stays where nothing is said of it', () =>
    given(created(hash), started)
      .when(policy(ada, { locked: true }))
      .then(applied({ ...hash, locked: true })));
  it('stays where it is required and no other is given', () =>
    given(created(hash), started)
      .when(policy(ada, {}, { passwordRequired: true }))
      .then());
  it('is replaced by another', () =>
    given(created(hash), started)
      .when(policy(ada, {}, { passwordHash: 'scrypt$two' }))
      .then(applied({ passwordHash: 'scrypt$two' })));
  it('is gone when none is required, also when one is given', () => {
    given(created(hash), started)
      .when(policy(ada, {}, { passwordRequired: false }))
      .then(applied({}));
    given(created(hash), started)
      .when(policy(ada, {}, { passwordRequired: false, passwordHash: 'scrypt$two' }))
      .then(applied({}));
  });
  it('cannot be required where there is none', () =>
    given(...running)
      .when(policy(ada, {}, { passwordRequired: true }))
      .thenRefused('VALIDATION_FAILED', {
        password: 'is needed: the meeting has no password that could be required',
      }));
});

describe('at once with a policy', () => {
  const blockGrace = { blockedUsers: ['grace'] };
  it('those blocked leave, each once', () =>
    given(...running)
      .when(policy(ada, { blockedUsers: ['grace', 'grace', 'mallory', 'linus'] }))
      .then(
        applied({ blockedUsers: ['grace', 'mallory', 'linus'] }),
        left('grace', 'removed'),
        left('linus', 'removed'),
      ));
  it('those blocked who wait are denied, and the others go on waiting', () =>
    given(created({ waitingRoomEnabled: true }), started, waiting('grace'), waiting('linus'))
      .when(policy(ada, blockGrace))
      .then(applied({ waitingRoomEnabled: true, ...blockGrace }), denied('grace')));
  it('those who wait are let in where nobody must wait, but not the blocked', () => {
    const queue = given(created({ waitingRoomEnabled: true }), started, waiting('grace'), waiting('linus'));
    queue
      .when(policy(ada, { waitingRoomEnabled: false }))
      .then(applied({}), admitted('grace'), admitted('linus'));
    queue
      .when(policy(ada, { waitingRoomEnabled: false, ...blockGrace }))
      .then(applied(blockGrace), denied('grace'), admitted('linus'));
  });
  it('those who wait at a locked meeting go on waiting, until it is unlocked', () => {
    const queue = [created({ waitingRoomEnabled: true }), started, waiting('grace')] as const;
    given(...queue)
      .when(policy(ada, { waitingRoomEnabled: false, locked: true }))
      .then(applied({ locked: true }));
    given(...queue, applied({ locked: true }))
      .when(policy(ada, { locked: false }))
      .then(applied({}), admitted('grace'));
  });
  it('a recording ends that is allowed no more, whoever started it', () => {
    for (const starter of ['ada', 'grace', 'system']) {
      given(
        created({ recordingPermission: 'all' }),
        started,
        joined('ada', 'host'),
        joined('grace'),
        recording('r1', starter),
      )
        .when(policy(ada, { recordingPermission: 'none' }))
        .then(applied({ recordingPermission: 'none' }), recordingStopped('r1'));
    }
  });
  it('a participant’s recording ends where only hosts may record', () => {
    const all = [
      created({ recordingPermission: 'all' }),
      started,
      joined('ada', 'host'),
      joined('grace'),
    ] as const;
    given(...all, recording('r1', 'grace'))
      .when(policy(ada, { recordingPermission: 'host' }))
      .then(applied({}), recordingStopped('r1'));
    given(...all, recording('r1', 'ada'))
      .when(policy(ada, { recordingPermission: 'host' }))
      .then(applied({}));
    given(...all, recording('r1', SYSTEM.userId))
      .when(policy(ada, { recordingPermission: 'host' }))
      .then(applied({}));
  });
  it('a recording goes on of an administrator who is in as anybody else', () =>
    given(...running, joined('root'), recording('r1', 'root'))
      .when(policy(ada, { muteOnEntry: true }))
      .then(applied({ muteOnEntry: true })));
  it('a recording ends when the last who are in are blocked', () => {
    given(created(), started, joined('grace'), joined('linus'), recording('r1'))
      .when(policy(ada, { blockedUsers: ['grace', 'linus'] }))
      .then(
        applied({ blockedUsers: ['grace', 'linus'] }),
        left('grace', 'removed'),
        left('linus', 'removed'),
        recordingStopped('r1'),
      );
    given(created(), started, joined('grace'), joined('linus'), recording('r1'))
      .when(policy(ada, blockGrace))
      .then(applied(blockGrace), left('grace', 'removed'));
  });
  it('nobody leaves where fewer may be in than are; nobody else comes in until seats are free', () => {
    given(...running)
      .when(policy(ada, { maxParticipants: 1 }))
      .then(applied({ maxParticipants: 1 }));
    const small = [...running, applied({ maxParticipants: 2 })] as const;
    given(...small, left('grace'))
      .when(join(grace))
      .thenRefused('MAX_PARTICIPANTS_REACHED', { max_participants: 2 });
    given(...small, left('grace'), left('linus'))
      .when(join(grace))
      .then(joined('grace'));
  });
  it('those blocked leave their breakout room, too', () => {
    const { state } = given(
      ...running,
      opened(),
      assigned('grace', 'b1'),
      applied(blockGrace),
      left('grace', 'removed'),
    );
    expect(Object.values(state.roster).filter(seat => seat.breakoutRoomId === 'b1')).toEqual([]);
  });
});

describe('whoever was blocked', () => {
  const blocked = [...running, applied({ blockedUsers: ['grace'] }), left('grace', 'removed')] as const;
  it('may not come back', () =>
    given(...blocked)
      .when(join(grace))
      .thenRefused('JOIN_DENIED'));
  it('may come back when blocked no more', () =>
    given(...blocked, applied({}))
      .when(join(grace))
      .then(joined('grace')));
  it('stays out who was denied besides, and never blocked', () =>
    given(...running, left('linus', 'removed'), applied({ blockedUsers: ['grace'] }), applied({}))
      .when(join(linus))
      .thenRefused('JOIN_DENIED'));
  it('no longer runs the meeting, though away when blocked', () => {
    const away = [...running, roleChanged('grace', 'co-host'), left('grace')] as const;
    const remove = { type: 'LeaveMeeting', by: grace, at, userId: 'linus', reason: 'removed' } as const;
    given(...away)
      .when(remove)
      .then(left('linus', 'removed'));
    given(...away, applied({ blockedUsers: ['grace'] }))
      .when(remove)
      .thenRefused('INSUFFICIENT_PERMISSION');
  });
  it('stays a viewer', () =>
    given(
      ...running,
      roleChanged('grace', 'viewer'),
      applied({ blockedUsers: ['grace'] }),
      left('grace', 'removed'),
      applied({}),
    )
      .when(join(grace))
      .then(joined('grace', 'viewer')));
});

describe('who was denied', () => {
  it('stays out where nobody must wait any more', () =>
    given(created({ waitingRoomEnabled: true }), started, waiting('grace'), denied('grace'), applied({}))
      .when(join(grace))
      .thenRefused('JOIN_DENIED'));
});

describe('a recording', () => {
  const all = [
    created({ recordingPermission: 'all' }),
    started,
    joined('ada', 'host'),
    joined('grace'),
  ] as const;
  const byGrace = [...all, joined('linus'), recording('r1', 'grace')] as const;
  it('is stopped by who started it, the host, co-hosts and administrators', () => {
    given(...byGrace)
      .when(stopRecording(grace))
      .then(recordingStopped('r1', 'grace'));
    given(...byGrace)
      .when(stopRecording(ada))
      .then(recordingStopped('r1', 'ada'));
    given(...byGrace)
      .when(stopRecording(admin))
      .then(recordingStopped('r1', 'root'));
    given(...byGrace)
      .when(stopRecording(linus))
      .thenRefused('INSUFFICIENT_PERMISSION');
  });
  it('is not stopped by who started it and was removed', () =>
    given(...byGrace, left('grace', 'removed'))
      .when(stopRecording(grace))
      .thenRefused('INSUFFICIENT_PERMISSION'));
  it('is for those in the meeting, where all may', () => {
    given(...all)
      .when({ type: 'StartRecording', by: grace, at, recordingId: 'r2' })
      .then({
        ...recording('r2', 'grace'),
        data: { meetingId, recordingId: 'r2', startedBy: 'grace', startedAt: at },
      } as never);
    given(...all)
      .when({ type: 'StartRecording', by: linus, at, recordingId: 'r2' })
      .thenRefused('INSUFFICIENT_PERMISSION');
    given(...all, roleChanged('grace', 'viewer'))
      .when({ type: 'StartRecording', by: grace, at, recordingId: 'r2' })
      .thenRefused('INSUFFICIENT_PERMISSION');
  });
});

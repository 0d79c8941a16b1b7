import { describe, expect, it } from '@jest/globals';
import { specify } from '../given-when-then.js';
import { Meeting } from './meeting.js';
import {
  ada,
  admin,
  admit,
  admitted,
  at,
  changeRole,
  created,
  denied,
  deny,
  ended,
  grace,
  join,
  joined,
  leave,
  left,
  linus,
  recording,
  recordingStopped,
  roleChanged,
  started,
  user,
  waiting,
} from './meeting-examples.js';

const { given } = specify(Meeting);

describe('joining', () => {
  it('opens a scheduled meeting when the host enters', () =>
    given(created()).when(join(ada)).then(started, joined('ada', 'host')));
  it('is refused to others before the start', () =>
    given(created()).when(join(grace)).thenRefused('MEETING_NOT_ACTIVE'));
  it('is refused to an admin who is not the host before the start', () =>
    given(created()).when(join(admin)).thenRefused('MEETING_NOT_ACTIVE'));
  it('is refused to all after the end', () => {
    given(created(), started, ended).when(join(grace)).thenRefused('MEETING_ENDED');
    given(created(), started, ended).when(join(ada)).thenRefused('MEETING_ENDED');
  });
  it('makes a newcomer an attendee', () => given(created(), started).when(join(grace)).then(joined('grace')));
  it('notes the email of the token', () =>
    given(created(), started)
      .when(join({ ...grace, email: 'grace@example.org' }))
      .then({ type: 'ParticipantJoined', data: { ...joined('grace').data, email: 'grace@example.org' } }));
  it('again keeps the seat, whatever id the new device proposes', () =>
    given(created(), started, joined('grace'))
      .when(join(grace, { participantId: 'another' }))
      .then());
  it('after leaving takes a new seat', () =>
    given(created(), started, joined('grace'), left('grace')).when(join(grace)).then(joined('grace')));
  it.each(['co-host', 'viewer'] as const)('after leaving keeps the role of %s', role =>
    given(created(), started, joined('grace'), roleChanged('grace', role), left('grace'))
      .when(join(grace))
      .then(joined('grace', role)),
  );

  describe('where there is a password', () => {
    const locked = [created({ passwordHash: 'scrypt$…' }), started] as const;
    it('is refused without it', () =>
      given(...locked)
        .when(join(grace))
        .thenRefused('INVALID_PASSWORD'));
    it('is refused without it to an admin', () =>
      given(...locked)
        .when(join(admin))
        .thenRefused('INVALID_PASSWORD'));
    it('is granted with it', () =>
      given(...locked)
        .when(join(grace, { passwordMatches: true }))
        .then(joined('grace')));
    it('is granted to the host without it', () =>
      given(...locked)
        .when(join(ada))
        .then(joined('ada', 'host')));
    it('is not asked of a second device', () =>
      given(...locked, joined('grace'))
        .when(join(grace))
        .then());
  });

  describe('where there are few seats', () => {
    const small = [created({ maxParticipants: 2 }), started, joined('grace')] as const;
    it('takes the last seat', () =>
      given(...small)
        .when(join(linus))
        .then(joined('linus')));
    it('is refused when all are taken, but not to the host', () => {
      const full = given(...small, joined('linus'));
      full.when(join(user('ken'))).thenRefused('MAX_PARTICIPANTS_REACHED', { max_participants: 2 });
      full.when(join(ada)).then(joined('ada', 'host'));
    });
    it('is granted to a second device when all are taken', () =>
      given(...small, joined('linus'))
        .when(join(grace))
        .then());
    it('is granted once a seat is free again', () =>
      given(...small, joined('linus'), left('grace'))
        .when(join(user('ken')))
        .then(joined('ken')));
  });

  describe('where there is a waiting room', () => {
    const guarded = [created({ waitingRoomEnabled: true }), started] as const;
    it('makes a newcomer wait', () =>
      given(...guarded)
        .when(join(grace))
        .then(waiting('grace')));
    it('makes one who waits go on waiting', () =>
      given(...guarded, waiting('grace'))
        .when(join(grace))
        .then());
    it('makes nobody wait without the password', () =>
      given(created({ waitingRoomEnabled: true, passwordHash: 'scrypt$…' }), started)
        .when(join(grace))
        .thenRefused('INVALID_PASSWORD'));
    it('lets the host in', () =>
      given(...guarded)
        .when(join(ada))
        .then(joined('ada', 'host')));
    it('lets an admin in', () =>
      given(...guarded)
        .when(join(admin))
        .then(joined('root')));
    it('lets the admitted in, and in again after leaving', () => {
      const in1 = [...guarded, waiting('grace'), admitted('grace')] as const;
      given(...in1)
        .when(join(grace))
        .then(joined('grace'));
      given(...in1, joined('grace'), left('grace'))
        .when(join(grace))
        .then(joined('grace'));
    });
    it('lets a co-host who left in again', () =>
      given(...guarded, joined('root'), roleChanged('root', 'co-host'), left('root'))
        .when(join(user('root')))
        .then(joined('root', 'co-host')));
    it('refuses the denied', () =>
      given(...guarded, waiting('grace'), denied('grace'))
        .when(join(grace))
        .thenRefused('JOIN_DENIED'));
    it('lets in the denied whom the host admitted after all', () =>
      given(...guarded, waiting('grace'), denied('grace'), admitted('grace'))
        .when(join(grace))
        .then(joined('grace')));
    it('refuses whoever was removed, whom the host had admitted', () =>
      given(...guarded, waiting('grace'), admitted('grace'), joined('grace'), left('grace', 'removed'))
        .when(join(grace))
        .thenRefused('JOIN_DENIED'));
  });
});

describe('leaving', () => {
  const two = [created(), started, joined('ada', 'host'), joined('grace')] as const;
  it('frees the seat', () =>
    given(...two)
      .when(leave(grace))
      .then(left('grace')));
  it('by lost connection is told apart', () =>
    given(...two)
      .when(leave(grace, 'grace', 'disconnected'))
      .then(left('grace', 'disconnected')));
  it('is refused to one who is not in', () =>
    given(...two)
      .when(leave(linus))
      .thenRefused('PARTICIPANT_NOT_FOUND', { user_id: 'linus' }));
  it('does not stop the recording while others stay', () =>
    given(...two, recording('r1'))
      .when(leave(ada))
      .then(left('ada')));
  it('as the last one stops the recording', () =>
    given(...two, left('ada'), recording('r1'))
      .when(leave(grace))
      .then(left('grace'), recordingStopped('r1', 'grace')));
  it('does not end the meeting', () =>
    given(...two, left('ada'), left('grace'))
      .when(join(linus))
      .then(joined('linus')));

  describe('at the wish of another', () => {
    const withCoHost = [...two, roleChanged('grace', 'co-host'), joined('linus')] as const;
    it('is for the host', () =>
      given(...two)
        .when(leave(ada, 'grace', 'removed'))
        .then(left('grace', 'removed')));
    it('is for a co-host', () =>
      given(...withCoHost)
        .when(leave(grace, 'linus', 'removed'))
        .then(left('linus', 'removed')));
    it('is for an admin, even of the host', () =>
      given(...two)
        .when(leave(admin, 'ada', 'removed'))
        .then(left('ada', 'removed')));
    it('is refused to attendees', () =>
      given(...withCoHost)
        .when(leave(linus, 'grace', 'removed'))
        .thenRefused('INSUFFICIENT_PERMISSION'));
    it('is refused to a co-host against the host', () =>
      given(...withCoHost)
        .when(leave(grace, 'ada', 'removed'))
        .thenRefused('INSUFFICIENT_PERMISSION'));
    it('keeps out whoever was removed, until admitted', () => {
      given(...two, left('grace', 'removed'))
        .when(join(grace))
        .thenRefused('JOIN_DENIED');
      given(...two, left('grace', 'removed'))
        .when(admit(ada, 'grace'))
        .then(admitted('grace'));
      given(...two, left('grace', 'removed'), admitted('grace'))
        .when(join(grace))
        .then(joined('grace'));
    });
    it('does not keep the host out', () => {
      const back = given(...two, left('ada', 'removed'));
      back.when(join(ada)).then(joined('ada', 'host'));
      expect(given(...two, left('ada', 'removed'), joined('ada', 'host')).state.denied).toEqual([]);
    });
    it('takes the role of co-host away', () =>
      given(...withCoHost, left('grace', 'removed'), admitted('grace'))
        .when(join(grace))
        .then(joined('grace')));
    it('does not raise a viewer', () =>
      given(...two, roleChanged('grace', 'viewer'), left('grace', 'removed'), admitted('grace'))
        .when(join(grace))
        .then(joined('grace', 'viewer')));
  });
});

describe('admitting and denying', () => {
  const queue = [created({ waitingRoomEnabled: true }), started, waiting('grace')] as const;
  const coHost = [joined('linus'), roleChanged('linus', 'co-host')] as const;
  it('is for the host', () => {
    given(...queue)
      .when(admit(ada, 'grace'))
      .then(admitted('grace'));
    given(...queue)
      .when(deny(ada, 'grace'))
      .then(denied('grace'));
  });
  it('is for a co-host', () =>
    given(...queue, ...coHost)
      .when(admit(linus, 'grace'))
      .then(admitted('grace', 'linus')));
  it('is refused to attendees and to those who wait', () => {
    given(...queue, joined('linus'))
      .when(admit(linus, 'grace'))
      .thenRefused('INSUFFICIENT_PERMISSION');
    given(...queue)
      .when(admit(grace, 'grace'))
      .thenRefused('INSUFFICIENT_PERMISSION');
    given(...queue, joined('linus'))
      .when(deny(linus, 'grace'))
      .thenRefused('INSUFFICIENT_PERMISSION');
  });
  it('is refused to a removed co-host', () =>
    given(...queue, ...coHost, left('linus', 'removed'))
      .when(admit(linus, 'grace'))
      .thenRefused('INSUFFICIENT_PERMISSION'));
  it('is refused for one who does not wait', () => {
    given(...queue)
      .when(admit(ada, 'linus'))
      .thenRefused('PARTICIPANT_NOT_FOUND', { user_id: 'linus' });
    given(...queue)
      .when(deny(ada, 'linus'))
      .thenRefused('PARTICIPANT_NOT_FOUND', { user_id: 'linus' });
  });
  it('is refused a second time', () => {
    given(...queue, admitted('grace'))
      .when(admit(ada, 'grace'))
      .thenRefused('PARTICIPANT_NOT_FOUND');
    given(...queue, denied('grace'))
      .when(deny(ada, 'grace'))
      .thenRefused('PARTICIPANT_NOT_FOUND');
  });
  it('may turn a denial into an admission', () =>
    given(...queue, denied('grace'))
      .when(admit(ada, 'grace'))
      .then(admitted('grace')));
  it('may admit whoever was denied, but for the blocked', () =>
    given(created({ blockedUsers: ['grace'] }), started, waiting('grace'), denied('grace'))
      .when(admit(ada, 'grace'))
      .thenRefused('INSUFFICIENT_PERMISSION', { user_id: 'grace' }));
  it('admits nobody into a locked meeting, and denies there', () => {
    const locked = [created({ waitingRoomEnabled: true, locked: true }), started, waiting('grace')] as const;
    given(...locked)
      .when(admit(ada, 'grace'))
      .thenRefused('MEETING_LOCKED');
    given(...locked)
      .when({ type: 'AdmitParticipant', by: ada, at })
      .thenRefused('MEETING_LOCKED');
    given(...locked)
      .when(deny(ada, 'grace'))
      .then(denied('grace'));
  });
  it('of all answers each who waits, in the order in which they came', () => {
    const both = given(...queue, waiting('linus'));
    both.when({ type: 'AdmitParticipant', by: ada, at }).then(admitted('grace'), admitted('linus'));
    both.when({ type: 'DenyParticipant', by: ada, at }).then(denied('grace'), denied('linus'));
  });
  it('of all does nothing where nobody waits, and admits nobody who was denied', () =>
    given(...queue, denied('grace'))
      .when({ type: 'AdmitParticipant', by: ada, at })
      .then());
  it('of all is refused to attendees', () =>
    given(...queue, joined('linus'))
      .when({ type: 'AdmitParticipant', by: linus, at })
      .thenRefused('INSUFFICIENT_PERMISSION'));
  it('is refused after the end', () =>
    given(...queue, ended)
      .when(admit(ada, 'grace'))
      .thenRefused('MEETING_ENDED'));
});

describe('changing a role', () => {
  const two = [created(), started, joined('ada', 'host'), joined('grace')] as const;
  it('is for the host', () =>
    given(...two)
      .when(changeRole(ada, 'grace', 'co-host'))
      .then(roleChanged('grace', 'co-host')));
  it('is for an admin', () =>
    given(...two)
      .when(changeRole(admin, 'grace', 'viewer'))
      .then(roleChanged('grace', 'viewer', 'root')));
  it('is refused to a co-host, also for themselves', () =>
    given(...two, roleChanged('grace', 'co-host'))
      .when(changeRole(grace, 'grace', 'viewer'))
      .thenRefused('INSUFFICIENT_PERMISSION'));
  it('is refused for one who is not in', () =>
    given(...two)
      .when(changeRole(ada, 'linus', 'co-host'))
      .thenRefused('PARTICIPANT_NOT_FOUND'));
  it('never takes the host’s role', () =>
    given(...two)
      .when(changeRole(ada, 'ada', 'attendee'))
      .thenRefused('INSUFFICIENT_PERMISSION', { role: 'attendee' }));
  it('to the same role does nothing', () =>
    given(...two)
      .when(changeRole(ada, 'grace', 'attendee'))
      .then());
});

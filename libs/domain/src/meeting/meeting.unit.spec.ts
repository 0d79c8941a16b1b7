import { describe, it } from '@jest/globals';
import { specify } from '../given-when-then.js';
import type { MeetingRole } from '../meeting-role.js';
import type { Principal } from '../principal.js';
import { Meeting } from './meeting.js';
import type { JoinMeeting } from './meeting-commands.js';
import type {
  LeaveReason,
  MeetingCreated,
  MeetingEnded,
  MeetingEvent,
  MeetingSettings,
  MeetingStarted,
  ParticipantJoined,
} from './meeting-events.js';
import { DEFAULT_SETTINGS } from './meeting-state.js';

const { given } = specify(Meeting);

const meetingId = 'm1';
const at = '2026-11-22T10:00:00.000Z';
const user = (userId: string, ...roles: string[]): Principal => ({
  userId,
  name: `Name of ${userId}`,
  roles,
});
const ada = user('ada');
const grace = user('grace');
const linus = user('linus');
const admin = user('root', 'admin');
const analyst = user('nosy', 'analyst');

const created = (settings: Partial<MeetingSettings> = {}): MeetingCreated => ({
  type: 'MeetingCreated',
  data: {
    meetingId,
    meetingNumber: '123456789',
    title: 'Weekly',
    hostUserId: 'ada',
    hostName: 'Name of ada',
    settings: { ...DEFAULT_SETTINGS, ...settings },
    createdAt: at,
  },
});
const started: MeetingStarted = {
  type: 'MeetingStarted',
  data: { meetingId, startedBy: 'ada', startedAt: at },
};
const ended: MeetingEnded = { type: 'MeetingEnded', data: { meetingId, endedBy: 'ada', endedAt: at } };
const joined = (userId: string, role: MeetingRole = 'attendee'): ParticipantJoined => ({
  type: 'ParticipantJoined',
  data: {
    meetingId,
    participantId: `p-${userId}`,
    userId,
    displayName: `Name of ${userId}`,
    role,
    joinedAt: at,
  },
});
const left = (userId: string, reason: LeaveReason = 'left'): MeetingEvent => ({
  type: 'ParticipantLeft',
  data: { meetingId, participantId: `p-${userId}`, userId, reason, leftAt: at },
});
const waiting = (userId: string): MeetingEvent => ({
  type: 'ParticipantWaiting',
  data: { meetingId, userId, displayName: `Name of ${userId}`, waitingSince: at },
});
const admitted = (userId: string, admittedBy = 'ada'): MeetingEvent => ({
  type: 'ParticipantAdmitted',
  data: { meetingId, userId, admittedBy, admittedAt: at },
});
const denied = (userId: string): MeetingEvent => ({
  type: 'ParticipantDenied',
  data: { meetingId, userId, deniedBy: 'ada', deniedAt: at },
});
const roleChanged = (userId: string, role: MeetingRole, changedBy = 'ada'): MeetingEvent => ({
  type: 'ParticipantRoleChanged',
  data: { meetingId, participantId: `p-${userId}`, userId, role, changedBy, changedAt: at },
});
const placed = (mediaWorkerId: string, replaces?: string): MeetingEvent => ({
  type: 'MediaPlaced',
  data: { meetingId, mediaWorkerId, ...(replaces && { replaces }), placedAt: at },
});
const recording = (recordingId: string, startedBy = 'ada'): MeetingEvent => ({
  type: 'MeetingRecordingStarted',
  data: { meetingId, recordingId, startedBy, startedAt: at },
});
const recordingStopped = (recordingId: string, stoppedBy = 'ada'): MeetingEvent => ({
  type: 'MeetingRecordingStopped',
  data: { meetingId, recordingId, stoppedBy, stoppedAt: at },
});

const join = (by: Principal, more: Partial<JoinMeeting> = {}): JoinMeeting => ({
  type: 'JoinMeeting',
  by,
  at,
  participantId: `p-${by.userId}`,
  displayName: by.name,
  passwordMatches: false,
  ...more,
});
const leave = (by: Principal, userId = by.userId, reason: LeaveReason = 'left') =>
  ({ type: 'LeaveMeeting', by, at, userId, reason }) as const;
const admit = (by: Principal, userId: string) => ({ type: 'AdmitParticipant', by, at, userId }) as const;
const deny = (by: Principal, userId: string) => ({ type: 'DenyParticipant', by, at, userId }) as const;
const changeRole = (by: Principal, userId: string, role: MeetingRole) =>
  ({ type: 'ChangeRole', by, at, userId, role }) as const;
const place = (by: Principal, mediaWorkerId: string, replaces?: string) =>
  ({ type: 'PlaceMedia', by, at, mediaWorkerId, replaces }) as const;
const start = (by: Principal) => ({ type: 'StartMeeting', by, at }) as const;
const end = (by: Principal) => ({ type: 'EndMeeting', by, at }) as const;
const record = (by: Principal, recordingId = 'r1') =>
  ({ type: 'StartRecording', by, at, recordingId }) as const;
const stopRecording = (by: Principal) => ({ type: 'StopRecording', by, at }) as const;

describe('creating a meeting', () => {
  const create = (settings: Partial<MeetingSettings> = {}) =>
    ({
      type: 'CreateMeeting',
      by: ada,
      at,
      meetingId,
      meetingNumber: '123456789',
      title: 'Weekly',
      startNow: false,
      settings: { ...DEFAULT_SETTINGS, ...settings },
    }) as const;

  it('makes the creator its host', () => given().when(create()).then(created()));
  it('may start it at once', () =>
    given()
      .when({ ...create(), startNow: true })
      .then(created(), started));
  it('keeps the description and the schedule', () => {
    const more = { description: 'All of us', scheduledStartTime: at, scheduledEndTime: at };
    given()
      .when({ ...create(), ...more })
      .then({ type: 'MeetingCreated', data: { ...created().data, ...more } });
  });
  it('is refused under an id that is taken', () =>
    given(created()).when(create()).thenRefused('MEETING_ALREADY_EXISTS', { meeting_id: meetingId }));
  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'is refused with a limit of %d',
    maxParticipants => given().when(create({ maxParticipants })).thenRefused('VALIDATION_FAILED'),
  );
});

describe('a meeting that does not exist', () => {
  it.each([
    start(ada),
    end(ada),
    join(ada),
    leave(ada),
    admit(ada, 'grace'),
    deny(ada, 'grace'),
    changeRole(ada, 'grace', 'viewer'),
    place(admin, 'w1'),
    record(ada),
    stopRecording(ada),
  ])('refuses $type', command => given().when(command).thenRefused('MEETING_NOT_FOUND'));
});

describe('starting', () => {
  it('is for the host', () => given(created()).when(start(ada)).then(started));
  it('is open to an admin', () =>
    given(created())
      .when(start(admin))
      .then({ type: 'MeetingStarted', data: { meetingId, startedBy: 'root', startedAt: at } }));
  it('is refused to others', () =>
    given(created()).when(start(grace)).thenRefused('INSUFFICIENT_PERMISSION'));
  it('is refused to an analyst', () =>
    given(created()).when(start(analyst)).thenRefused('INSUFFICIENT_PERMISSION'));
  it('is refused while the meeting runs', () =>
    given(created(), started).when(start(ada)).thenRefused('MEETING_ALREADY_ACTIVE'));
  it('is refused after the end', () =>
    given(created(), started, ended).when(start(ada)).thenRefused('MEETING_ENDED'));
});

describe('ending', () => {
  const running = [created(), started] as const;
  it('stops the recording, takes everybody out and ends', () =>
    given(...running, joined('ada', 'host'), joined('grace'), recording('r1'))
      .when(end(ada))
      .then(recordingStopped('r1'), left('ada', 'meeting-ended'), left('grace', 'meeting-ended'), ended));
  it('of an empty meeting only ends it', () =>
    given(...running)
      .when(end(ada))
      .then(ended));
  it('is open to an admin', () =>
    given(...running)
      .when(end(admin))
      .then({ type: 'MeetingEnded', data: { meetingId, endedBy: 'root', endedAt: at } }));
  it('is refused to a co-host', () =>
    given(...running, joined('grace'), roleChanged('grace', 'co-host'))
      .when(end(grace))
      .thenRefused('INSUFFICIENT_PERMISSION'));
  it('is refused before the start', () => given(created()).when(end(ada)).thenRefused('MEETING_NOT_ACTIVE'));
  it('is refused a second time', () =>
    given(...running, ended)
      .when(end(ada))
      .thenRefused('MEETING_ENDED'));
});

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
    it('is refused when all are taken, also to the host', () => {
      const full = given(...small, joined('linus'));
      full.when(join(user('ken'))).thenRefused('MAX_PARTICIPANTS_REACHED', { max_participants: 2 });
      full.when(join(ada)).thenRefused('MAX_PARTICIPANTS_REACHED');
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
    it('makes whoever was removed wait again', () =>
      given(...guarded, waiting('grace'), admitted('grace'), joined('grace'), left('grace', 'removed'))
        .when(join(grace))
        .then(waiting('grace')));
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
    it('takes the role of co-host away', () =>
      given(...withCoHost, left('grace', 'removed'))
        .when(join(grace))
        .then(joined('grace')));
    it('does not raise a viewer', () =>
      given(...two, roleChanged('grace', 'viewer'), left('grace', 'removed'))
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
  it('makes nobody a second host', () =>
    given(...two)
      .when(changeRole(ada, 'grace', 'host'))
      .thenRefused('INSUFFICIENT_PERMISSION', { role: 'host' }));
  it('never takes the host’s role', () =>
    given(...two)
      .when(changeRole(ada, 'ada', 'attendee'))
      .thenRefused('INSUFFICIENT_PERMISSION'));
  it('to the same role does nothing', () =>
    given(...two)
      .when(changeRole(ada, 'grace', 'attendee'))
      .then());
});

describe('placing media', () => {
  const running = [created(), started] as const;
  it('is Parley’s own', () =>
    given(...running)
      .when(place(admin, 'w1'))
      .then(placed('w1')));
  it('is refused to the host', () =>
    given(...running)
      .when(place(ada, 'w1'))
      .thenRefused('INSUFFICIENT_PERMISSION'));
  it('on another worker names the one it replaces', () =>
    given(...running, placed('w1'))
      .when(place(admin, 'w2', 'w1'))
      .then(placed('w2', 'w1')));
  it('on the same worker does nothing', () =>
    given(...running, placed('w1'))
      .when(place(admin, 'w1', 'w1'))
      .then());
  it('in place of a worker that it no longer runs on does nothing', () => {
    given(...running, placed('w1'))
      .when(place(admin, 'w2'))
      .then();
    given(...running, placed('w1'), placed('w2', 'w1'))
      .when(place(admin, 'w3', 'w1'))
      .then();
  });
  it('is refused unless the meeting runs', () => {
    given(created()).when(place(admin, 'w1')).thenRefused('MEETING_NOT_ACTIVE');
    given(...running, ended)
      .when(place(admin, 'w1'))
      .thenRefused('MEETING_ENDED');
  });
});

describe('recording', () => {
  const two = [created(), started, joined('ada', 'host'), joined('grace')] as const;
  it('is started by the host', () =>
    given(...two)
      .when(record(ada))
      .then(recording('r1')));
  it('is started by a co-host', () =>
    given(...two, roleChanged('grace', 'co-host'))
      .when(record(grace))
      .then(recording('r1', 'grace')));
  it('is refused to attendees', () => {
    given(...two)
      .when(record(grace))
      .thenRefused('INSUFFICIENT_PERMISSION');
    given(...two, recording('r1'))
      .when(stopRecording(grace))
      .thenRefused('INSUFFICIENT_PERMISSION');
  });
  it('is refused where the meeting forbids it', () =>
    given(created({ recordingEnabled: false }), started)
      .when(record(ada))
      .thenRefused('RECORDING_DISABLED'));
  it('is refused while another runs', () =>
    given(...two, recording('r1'))
      .when(record(ada, 'r2'))
      .thenRefused('RECORDING_ALREADY_ACTIVE', { recording_id: 'r1' }));
  it('is refused unless the meeting runs', () => {
    given(created()).when(record(ada)).thenRefused('MEETING_NOT_ACTIVE');
    given(...two, ended)
      .when(record(ada))
      .thenRefused('MEETING_ENDED');
  });
  it('is stopped by the host', () =>
    given(...two, recording('r1'))
      .when(stopRecording(ada))
      .then(recordingStopped('r1')));
  it('cannot be stopped when none runs', () => {
    given(...two)
      .when(stopRecording(ada))
      .thenRefused('RECORDING_NOT_ACTIVE');
    given(...two, recording('r1'), recordingStopped('r1'))
      .when(stopRecording(ada))
      .thenRefused('RECORDING_NOT_ACTIVE');
  });
  it('may be started again after a stop', () =>
    given(...two, recording('r1'), recordingStopped('r1'))
      .when(record(ada, 'r2'))
      .then(recording('r2')));
});

import { describe, it } from '@jest/globals';
import { specify } from '../given-when-then.js';
import { Meeting } from './meeting.js';
import {
  ada,
  admin,
  admit,
  analyst,
  at,
  changeRole,
  created,
  deny,
  end,
  ended,
  grace,
  join,
  joined,
  leave,
  left,
  meetingId,
  place,
  placed,
  record,
  recording,
  recordingStopped,
  roleChanged,
  start,
  started,
  stopRecording,
} from './meeting-examples.js';
import type { MeetingSettings } from './meeting-events.js';
import { DEFAULT_SETTINGS } from './meeting-state.js';

const { given } = specify(Meeting);

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
    given(created({ recordingPermission: 'none' }), started)
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

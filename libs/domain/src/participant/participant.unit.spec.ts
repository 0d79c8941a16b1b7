import { describe, expect, it } from '@jest/globals';
import { specify } from '../given-when-then.js';
import type { MeetingRole } from '../meeting-role.js';
import { type Principal, SYSTEM } from '../principal.js';
import { Participant } from './participant.js';
import type { OpenProducer, UpdateStatus } from './participant-commands.js';
import {
  MEDIA_KINDS,
  MEDIA_SOURCES,
  type ParticipantEvent,
  type ParticipantSeated,
  type ProducerOpened,
  type ReactionSent,
  SOURCE_KINDS,
} from './participant-events.js';

const { given } = specify(Participant);

const at = '2026-11-22T10:00:00.000Z';
const own = { meetingId: 'm1', participantId: 'p1' };
const user = (userId: string): Principal => ({ userId, name: userId, roles: [] });
const ada = user('ada');
const grace = user('grace');

const seat = {
  type: 'SeatParticipant',
  by: ada,
  at,
  ...own,
  userId: 'ada',
  deviceType: 'mobile',
  isMuted: true,
  isVideoOn: false,
} as const;
const seated: ParticipantSeated = {
  type: 'ParticipantSeated',
  data: { ...own, userId: 'ada', deviceType: 'mobile', isMuted: true, isVideoOn: false, seatedAt: at },
};
const connected = (connectionId: string): ParticipantEvent => ({
  type: 'ParticipantConnected',
  data: { ...own, connectionId, connectedAt: at },
});
const disconnected = (connectionId: string): ParticipantEvent => ({
  type: 'ParticipantDisconnected',
  data: { ...own, connectionId, disconnectedAt: at },
});
type StatusEvent = Exclude<Extract<ParticipantEvent, { data: { by: string } }>, ReactionSent>;
const status = (type: StatusEvent['type'], by = 'ada'): ParticipantEvent => ({
  type,
  data: { ...own, by, at },
});
const opened = (producerId: string, more: Partial<ProducerOpened['data']> = {}): ProducerOpened => ({
  type: 'ProducerOpened',
  data: { ...own, producerId, kind: 'video', source: 'camera', mediaWorkerId: 'w1', openedAt: at, ...more },
});
const closed = (producerId: string): ParticipantEvent => ({
  type: 'ProducerClosed',
  data: { ...own, producerId, closedAt: at },
});

const update = (
  by: Principal,
  more: Partial<UpdateStatus>,
  byRole: MeetingRole = 'attendee',
): UpdateStatus => ({
  type: 'UpdateStatus',
  by,
  at,
  byRole,
  may: { microphone: true, camera: true, screenShare: true },
  ...more,
});
const open = (producerId: string, more: Partial<OpenProducer> = {}): OpenProducer => ({
  type: 'OpenProducer',
  by: ada,
  at,
  producerId,
  kind: 'video',
  source: 'camera',
  mediaWorkerId: 'w1',
  may: { microphone: true, camera: true, screenShare: true },
  ...more,
});
const close = (producerId: string, by = ada) => ({ type: 'CloseProducer', by, at, producerId }) as const;
const connect = (connectionId: string, by = ada) =>
  ({ type: 'ConnectParticipant', by, at, connectionId }) as const;
const disconnect = (connectionId: string, by = ada) =>
  ({ type: 'DisconnectParticipant', by, at, connectionId }) as const;
const speak = (seconds: number, by = SYSTEM) =>
  ({ type: 'RecordSpeech', by, at, seconds, measuredAt: '2026-11-22T09:59:59.500Z' }) as const;
const spoke = (seconds: number): ParticipantEvent => ({
  type: 'ParticipantSpoke',
  data: { ...own, seconds, measuredAt: '2026-11-22T09:59:59.500Z' },
});

describe('a seat', () => {
  it('is taken with its first state of microphone and camera', () => given().when(seat).then(seated));
  it('is taken once', () =>
    given(seated)
      .when({ ...seat, isMuted: false })
      .then());
  it.each([
    connect('c1'),
    disconnect('c1'),
    update(ada, { isMuted: false }),
    open('v1'),
    close('v1'),
    speak(1),
  ])('not taken refuses $type', command => given().when(command).thenRefused('PARTICIPANT_NOT_FOUND'));
  it.each([connect('c2', grace), disconnect('c1', grace), open('v2', { by: grace }), close('v1', grace)])(
    'refuses $type to another user',
    command =>
      given(seated, connected('c1'), opened('v1')).when(command).thenRefused('INSUFFICIENT_PERMISSION'),
  );
});

describe('devices', () => {
  it('connect side by side', () => given(seated, connected('c1')).when(connect('c2')).then(connected('c2')));
  it('connect once each', () => given(seated, connected('c1')).when(connect('c1')).then());
  it('disconnect one by one', () => {
    const two = given(seated, connected('c1'), connected('c2'));
    two.when(disconnect('c1')).then(disconnected('c1'));
    given(seated, connected('c1'), connected('c2'), disconnected('c1'))
      .when(disconnect('c2'))
      .then(disconnected('c2'));
  });
  it('disconnect once each', () =>
    given(seated, connected('c1'), disconnected('c1')).when(disconnect('c1')).then());
  it('are disconnected by Parley when their socket is lost', () =>
    given(seated, connected('c1')).when(disconnect('c1', SYSTEM)).then(disconnected('c1')));
});

describe('one’s own status', () => {
  it.each([
    [{ isMuted: false }, 'AudioUnmuted'],
    [{ isVideoOn: true }, 'VideoTurnedOn'],
    [{ isScreenSharing: true }, 'ScreenShareStarted'],
    [{ isHandRaised: true }, 'HandRaised'],
  ] as const)('%j is %s', (change, type) => given(seated).when(update(ada, change)).then(status(type)));
  it.each([
    [{ isMuted: true }, 'AudioUnmuted', 'AudioMuted'],
    [{ isVideoOn: false }, 'VideoTurnedOn', 'VideoTurnedOff'],
    [{ isScreenSharing: false }, 'ScreenShareStarted', 'ScreenShareStopped'],
    [{ isHandRaised: false }, 'HandRaised', 'HandLowered'],
  ] as const)('%j after %s is %s', (change, before, type) =>
    given(seated, status(before)).when(update(ada, change)).then(status(type)),
  );
  it('that is so already changes nothing', () =>
    given(seated)
      .when(update(ada, { isMuted: true, isVideoOn: false, isHandRaised: false, isScreenSharing: false }))
      .then());
  it('changes in several respects at once', () =>
    given(seated)
      .when(update(ada, { isMuted: false, isVideoOn: true }))
      .then(status('AudioUnmuted'), status('VideoTurnedOn')));
  it('has no screen sharing where the meeting forbids it', () =>
    given(seated)
      .when(
        update(ada, { isScreenSharing: true, may: { microphone: true, camera: true, screenShare: false } }),
      )
      .thenRefused('SCREEN_SHARE_DISABLED'));
  it('may end screen sharing where the meeting forbids it', () =>
    given(seated, status('ScreenShareStarted'))
      .when(
        update(ada, { isScreenSharing: false, may: { microphone: true, camera: true, screenShare: false } }),
      )
      .then(status('ScreenShareStopped')));
});

describe('another’s status', () => {
  const loud = given(
    seated,
    status('AudioUnmuted'),
    status('VideoTurnedOn'),
    status('ScreenShareStarted'),
    status('HandRaised'),
  );
  const all = { isMuted: true, isVideoOn: false, isScreenSharing: false, isHandRaised: false };
  it.each(['host', 'co-host'] as const)('may be quietened by a %s', role =>
    loud
      .when(update(grace, all, role))
      .then(
        status('AudioMuted', 'grace'),
        status('VideoTurnedOff', 'grace'),
        status('ScreenShareStopped', 'grace'),
        status('HandLowered', 'grace'),
      ),
  );
  it('may be quietened by Parley', () =>
    loud.when(update(SYSTEM, { isMuted: true }, 'attendee')).then(status('AudioMuted', 'system')));
  it.each(['attendee', 'viewer'] as const)('may not be touched by a %s', role =>
    loud.when(update(grace, { isMuted: true }, role)).thenRefused('INSUFFICIENT_PERMISSION'),
  );
  it.each([
    [{ isMuted: false }, 'microphone'],
    [{ isVideoOn: true }, 'camera'],
    [{ isScreenSharing: true }, 'screen'],
    [{ isHandRaised: true }, 'hand'],
  ])('is never turned on by the host: %j', (change, what) =>
    given(seated)
      .when(update(grace, change, 'host'))
      .thenRefused('INSUFFICIENT_PERMISSION', { [what]: 'is turned on by the participant alone' }),
  );
  it('that is as the host wants it is left alone', () =>
    given(seated)
      .when(update(grace, { isMuted: true }, 'host'))
      .then());
  it('is left alone as a whole when one part of the wish is refused', () =>
    loud
      .when(update(grace, { isMuted: true, isVideoOn: false }, 'attendee'))
      .thenRefused('INSUFFICIENT_PERMISSION'));
});

describe('producers', () => {
  it('open side by side', () =>
    given(seated, opened('v1'))
      .when(open('a1', { kind: 'audio', source: 'microphone' }))
      .then(opened('a1', { kind: 'audio', source: 'microphone' })));
  it('open once each', () => given(seated, opened('v1')).when(open('v1')).then());
  it('are opened by nobody else, Parley included', () =>
    given(seated)
      .when(open('v1', { by: SYSTEM }))
      .thenRefused('INSUFFICIENT_PERMISSION'));
  it.each(MEDIA_SOURCES.flatMap(source => MEDIA_KINDS.map(kind => [source, kind] as const)))(
    'of a %s with %s are opened only when the two fit',
    (source, kind) => {
      const attempt = given(seated).when(open('x', { source, kind }));
      if (SOURCE_KINDS[source] === kind) attempt.then(opened('x', { source, kind }));
      else attempt.thenRefused('VALIDATION_FAILED');
    },
  );
  it.each([
    ['screen', 'video'],
    ['screen-audio', 'audio'],
  ] as const)('of a %s are not opened where the meeting forbids it', (source, kind) =>
    given(seated)
      .when(open('s1', { source, kind, may: { microphone: true, camera: true, screenShare: false } }))
      .thenRefused('SCREEN_SHARE_DISABLED'),
  );
  it('of a camera are opened where the meeting forbids screen sharing', () =>
    given(seated)
      .when(open('v1', { may: { microphone: true, camera: true, screenShare: false } }))
      .then(opened('v1')));
  it('on an earlier worker are closed when one opens on another', () =>
    given(seated, opened('v1'), opened('a1', { kind: 'audio', source: 'microphone' }))
      .when(open('v2', { mediaWorkerId: 'w2' }))
      .then(closed('v1'), closed('a1'), opened('v2', { mediaWorkerId: 'w2' })));
  it('close by the participant', () => given(seated, opened('v1')).when(close('v1')).then(closed('v1')));
  it('close on the media worker’s word', () =>
    given(seated, opened('v1')).when(close('v1', SYSTEM)).then(closed('v1')));
  it('close once each', () => given(seated, opened('v1'), closed('v1')).when(close('v1')).then());
});

describe('speech', () => {
  it('is recorded on the media worker’s word, each time anew', () =>
    given(seated, spoke(12.5)).when(speak(12.5)).then(spoke(12.5)));
  it('is recorded to a tenth of a second', () => given(seated).when(speak(1.26)).then(spoke(1.3)));
  it.each([0, 0.04, -3, Number.NaN, Number.POSITIVE_INFINITY])('of %s seconds is silence', seconds =>
    given(seated).when(speak(seconds)).then(),
  );
  it('is not recorded on the participant’s own word', () =>
    given(seated).when(speak(3600, ada)).thenRefused('INSUFFICIENT_PERMISSION'));
});

describe('a reaction', () => {
  const react = (reactionType: string, durationSeconds: number, by = ada) =>
    ({ type: 'SendReaction', by, at, reactionType, durationSeconds }) as const;
  const reacted = (reactionType: string, durationSeconds: number): ParticipantEvent => ({
    type: 'ReactionSent',
    data: { ...own, reactionType, durationSeconds, by: 'ada', at },
  });
  it('is shown as it was sent, as often as it is', () => {
    given(seated).when(react('thumbs_up', 3)).then(reacted('thumbs_up', 3));
    given(seated, reacted('🎉', 3)).when(react('🎉', 3)).then(reacted('🎉', 3));
  });
  it.each(['', 'x'.repeat(33), 'a\nb', '\u0000', '\ud800'])('is refused as %j', reactionType =>
    given(seated)
      .when(react(reactionType, 3))
      .thenRefused('VALIDATION_FAILED', { reaction_type: 'must be 1 to 32 characters' }),
  );
  it.each([1, 2.5, 30])('lasts %d seconds', seconds =>
    given(seated).when(react('clap', seconds)).then(reacted('clap', seconds)),
  );
  it.each([0, -1, 31, NaN, Infinity])('does not last %d seconds', seconds =>
    given(seated)
      .when(react('clap', seconds))
      .thenRefused('VALIDATION_FAILED', { duration: 'must be from 1 to 30 seconds' }),
  );
  it('is one’s own', () =>
    given(seated)
      .when(react('clap', 3, grace))
      .thenRefused('INSUFFICIENT_PERMISSION'));
  it('needs a seat', () => given().when(react('clap', 3)).thenRefused('PARTICIPANT_NOT_FOUND'));
  it('changes nothing of the seat', () =>
    expect(given(seated, reacted('clap', 3)).state).toEqual(given(seated).state));
});

describe('what the meeting allows nobody', () => {
  const nothing = { microphone: false, camera: false, screenShare: false };
  it.each([
    [{ isMuted: false }, 'INSUFFICIENT_PERMISSION'],
    [{ isVideoOn: true }, 'INSUFFICIENT_PERMISSION'],
    [{ isScreenSharing: true }, 'SCREEN_SHARE_DISABLED'],
  ] as const)('is not turned on: %j', (change, code) =>
    given(seated)
      .when(update(ada, { ...change, may: nothing }))
      .thenRefused(code),
  );
  it('is turned off', () =>
    given(seated, status('AudioUnmuted'), status('VideoTurnedOn'))
      .when(update(ada, { isMuted: true, isVideoOn: false, may: nothing }))
      .then(status('AudioMuted'), status('VideoTurnedOff')));
  it('leaves the whole change undone where one part is refused', () =>
    given(seated)
      .when(update(ada, { isHandRaised: true, isVideoOn: true, may: nothing }))
      .thenRefused('INSUFFICIENT_PERMISSION'));
  it('is a hand', () =>
    given(seated)
      .when(update(ada, { isHandRaised: true, may: nothing }))
      .then(status('HandRaised')));
  it.each([
    ['microphone', 'audio', 'INSUFFICIENT_PERMISSION'],
    ['camera', 'video', 'INSUFFICIENT_PERMISSION'],
    ['screen', 'video', 'SCREEN_SHARE_DISABLED'],
    ['screen-audio', 'audio', 'SCREEN_SHARE_DISABLED'],
  ] as const)('is not sent: %s', (source, kind, code) =>
    given(seated)
      .when(open('x1', { source, kind, may: nothing }))
      .thenRefused(code),
  );
  it('is turned off by Parley itself as a policy says, and stays so until the participant turns it on', () => {
    const muted = { ...status('AudioMuted'), data: { ...own, by: 'system', at } } as ParticipantEvent;
    given(seated, status('AudioUnmuted'))
      .when(update(SYSTEM, { isMuted: true }))
      .then(muted);
    expect(given(seated, status('AudioUnmuted'), muted).state.isMuted).toBe(true);
    given(seated, status('AudioUnmuted'), muted)
      .when(update(grace, { isMuted: false }, 'host'))
      .thenRefused('INSUFFICIENT_PERMISSION');
    given(seated, status('AudioUnmuted'), muted)
      .when(update(SYSTEM, { isMuted: false }))
      .thenRefused('INSUFFICIENT_PERMISSION');
    given(seated, status('AudioUnmuted'), muted)
      .when(update(ada, { isMuted: false }))
      .then(status('AudioUnmuted'));
  });
});

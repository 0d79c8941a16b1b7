import { expect, it } from '@jest/globals';
import { type EventOfLog, meetingAt, momentEvent } from '#libs/domain';
import { momentChanges, type MomentChanges } from './moment-changes.js';
import { joined, left, logged, tenMinutes, wrote } from './replay-examples.js';

const base = tenMinutes().slice(0, 4);
const changesBy = (event: EventOfLog, before: readonly EventOfLog[] = base): MomentChanges => {
  const moments = before.map(momentEvent);
  return momentChanges(meetingAt([...moments, momentEvent(event)]), meetingAt(moments));
};
const of = (userId: string, data: object = {}) => ({ participantId: `p-${userId}`, by: userId, ...data });

it.each([
  ['HandRaised', of('grace'), ['hand raised']],
  ['AudioMuted', of('grace'), ['muted']],
  ['VideoTurnedOn', of('grace'), ['camera on']],
  ['ScreenShareStarted', of('grace'), ['shares the screen']],
  ['ParticipantConnected', of('grace', { connectionId: 'c' }), ['connected']],
  ['ParticipantRoleChanged', of('grace', { userId: 'grace', role: 'co-host' }), ['role changed']],
])('%s is pointed out on the one whom it concerns, and on nobody else', (type, data, words) => {
  expect([...changesBy(logged(61, type, data)).participants]).toEqual([['p-grace', words]]);
});

it('who is moved between rooms is pointed out in both panels', () => {
  const opened = logged(61, 'BreakoutRoomsOpened', {
    rooms: [{ roomId: 'r', name: 'Red', allowChat: true, allowScreenShare: true }],
    participantsMayChoose: false,
    participantsMayReturn: true,
  });
  const assigned = logged(62, 'BreakoutRoomAssigned', {
    participantId: 'p-grace',
    userId: 'grace',
    roomId: 'r',
    assignmentType: 'manual',
  });
  const changes = changesBy(assigned, [...base, opened]);
  expect([...changes.moved]).toEqual(['p-grace']);
  expect([...changes.participants]).toEqual([['p-grace', ['into a breakout room']]]);
  const closed = logged(63, 'BreakoutRoomsClosed', { reason: 'closed' });
  expect([...changesBy(closed, [...base, opened, assigned]).participants]).toEqual([
    ['p-grace', ['back in the main room']],
  ]);
});

it('who comes and who goes is pointed out', () => {
  expect([...changesBy(joined(61, 'edsger')).participants]).toEqual([['p-edsger', ['joined']]]);
  expect(changesBy(left(61, 'grace')).gone.map(({ userId }) => userId)).toEqual(['grace']);
  const waits = logged(61, 'ParticipantWaiting', { userId: 'alan', displayName: 'Alan', waitingSince: '' });
  expect([...changesBy(waits).waiting]).toEqual(['alan']);
});

it('a message, a recording, a moved worker and the end are pointed out', () => {
  expect(changesBy(wrote(61, 'Hello')).messages).toBe(1);
  expect([...changesBy(logged(61, 'RecordingCreated', { recordingId: 'r1' })).recordings]).toEqual(['r1']);
  expect(changesBy(logged(61, 'MediaPlaced', { mediaWorkerId: 'w' })).mediaWorker).toBe(true);
  expect(changesBy(logged(61, 'MeetingEnded', {}))).toMatchObject({ status: true, gone: [{}, {}] });
});

it('an event that changes nothing points nothing out', () => {
  expect(changesBy(logged(61, 'ParticipantSpoke', of('grace', { seconds: 3 })))).toEqual({
    participants: new Map(),
    moved: new Set(),
    gone: [],
    waiting: new Set(),
    recordings: new Set(),
    messages: 0,
    status: false,
    mediaWorker: false,
  });
});

import { describe, expect, it } from '@jest/globals';
import { room } from '../meeting/breakout-examples.js';
import { DEFAULT_SETTINGS } from '../meeting/meeting-state.js';
import { SYSTEM } from '../principal.js';
import { diffMoments } from './diff-moments.js';
import { eventsUntil } from './events-until.js';
import { meetingAt } from './meeting-at.js';
import { EPOCH, MEETING_ID, tellStory, timeAt } from './meeting-story.js';
import { publicEvent } from './public-event.js';
import { timeline } from './timeline.js';

/** Ada's meeting with Grace and Linus: locked at 20, in breakout rooms from 30 to 330, handed over at 400. */
const meeting = () => {
  const story = tellStory();
  for (const name of ['Ada', 'Grace', 'Linus', 'Mallory']) story.named(name.toLowerCase(), name);
  story.create('ada', { waitingRoomEnabled: true });
  story.join('ada', 'p-ada');
  for (const name of ['grace', 'linus', 'mallory']) {
    const displayName = name[0]!.toUpperCase() + name.slice(1);
    story.meeting(name, { type: 'JoinMeeting', participantId: 'p', displayName, passwordMatches: true });
  }
  story.at(10);
  story.meeting('mallory', { type: 'StopWaiting', userId: 'mallory' });
  story.meeting('ada', { type: 'AdmitParticipant' });
  story.join('grace', 'p-grace');
  story.join('linus', 'p-linus');
  story.at(20);
  const changes = { locked: true, waitingRoomEnabled: false };
  story.meeting('ada', { type: 'ApplySecurityPolicy', changes, passwordHash: 'scrypt$secret' });
  story.at(30);
  story.meeting('ada', {
    ...{
      type: 'OpenBreakoutRooms',
      rooms: [room('b1'), room('b2', { name: 'Second\nroom' })],
      autoAssign: false,
    },
    ...{ participantsMayChoose: true, participantsMayReturn: true, timeLimitMinutes: 5 },
  });
  story.at(40);
  story.meeting('ada', { type: 'AssignBreakoutRoom', userId: 'grace', roomId: 'b1' });
  story.meeting('linus', { type: 'AssignBreakoutRoom', userId: 'linus', roomId: 'b2' });
  story.participant('p-grace', 'grace', { type: 'SendReaction', reactionType: 'clap', durationSeconds: 3 });
  story.at(50);
  story.meeting('linus', { type: 'ReturnFromBreakoutRoom', userId: 'linus' });
  story.meeting('linus', { type: 'AssignBreakoutRoom', userId: 'linus', roomId: 'b1' });
  story.meeting('ada', { type: 'ReturnFromBreakoutRoom', userId: 'linus' });
  story.at(270);
  story.meeting(SYSTEM.userId, { type: 'AnnounceBreakoutRoomsClose', closesAt: timeAt(330) });
  story.at(330);
  story.meeting(SYSTEM.userId, { type: 'CloseBreakoutRooms', closesAt: timeAt(330) });
  story.at(400);
  story.meeting('ada', { type: 'ChangeRole', userId: 'grace', role: 'host' });
  return story.log;
};
const log = meeting();
const at = (seconds: number) => meetingAt(eventsUntil(log, EPOCH + seconds * 1000));
const roomsAt = (seconds: number) =>
  Object.fromEntries(at(seconds).participants.map(({ userId, breakoutRoomId }) => [userId, breakoutRoomId]));

describe('the meeting as it was', () => {
  it('knows who was in which breakout room', () => {
    expect(roomsAt(35)).toEqual({ ada: undefined, grace: undefined, linus: undefined });
    expect(roomsAt(45)).toEqual({ ada: undefined, grace: 'b1', linus: 'b2' });
    expect(roomsAt(60)).toEqual({ ada: undefined, grace: 'b1', linus: undefined });
    expect(roomsAt(330)).toEqual({ ada: undefined, grace: undefined, linus: undefined });
  });
  it('has the breakout rooms while they were open', () => {
    expect(at(29).meeting).not.toHaveProperty('breakout');
    expect(at(60).meeting.breakout).toEqual({
      ...{ rooms: [room('b1'), room('b2', { name: 'Second\nroom' })], closesAt: timeAt(330) },
      ...{ participantsMayChoose: true, participantsMayReturn: true, closeAnnounced: false },
    });
    expect(at(270).meeting.breakout?.closeAnnounced).toBe(true);
    expect(at(330).meeting).not.toHaveProperty('breakout');
  });
  it('has what was allowed then, and no password hash', () => {
    expect(at(19).meeting.settings).toEqual({
      ...{ ...DEFAULT_SETTINGS, waitingRoomEnabled: true, hasPassword: false },
    });
    expect(at(20).meeting.settings).toEqual({ ...DEFAULT_SETTINGS, locked: true, hasPassword: true });
    expect(JSON.stringify(at(400))).not.toContain('scrypt');
  });
  it('has the host of then', () => {
    expect([at(399).meeting.hostUserId, at(400).meeting.hostUserId]).toEqual(['ada', 'grace']);
    expect(at(400).meeting.hostName).toBe('Grace');
    expect(at(400).participants.map(({ userId, role }) => [userId, role])).toEqual([
      ['ada', 'co-host'],
      ['grace', 'host'],
      ['linus', 'attendee'],
    ]);
  });
  it('has those who waited, without who stopped waiting', () => {
    expect(at(0).waiting.map(({ userId }) => userId)).toEqual(['grace', 'linus', 'mallory']);
    expect(at(10).waiting).toEqual([]);
    expect(at(10).participants.map(({ userId }) => userId)).toEqual(['ada', 'grace', 'linus']);
  });
  it('keeps how it counts and grants to itself', () => {
    for (const field of ['moves', 'denied', 'admitted', 'grantedRoles', 'attendance', 'roster'])
      expect(at(400).meeting).not.toHaveProperty(field);
  });
});

it('the differences between two moments tell moves, settings and hosts', () => {
  expect(diffMoments(at(45), at(60))).toEqual([
    { what: 'participant-changed', id: 'p-linus', field: 'breakoutRoomId', from: 'b2', to: null },
  ]);
  expect(diffMoments(at(19), at(20)).map(({ what, field, to }) => [what, field, to])).toEqual([
    ['setting-changed', 'waitingRoomEnabled', false],
    ['setting-changed', 'locked', true],
    ['setting-changed', 'hasPassword', true],
  ]);
  expect(diffMoments(at(399), at(400)).map(({ what, id, field, to }) => [what, id ?? field, to])).toEqual([
    ['meeting-changed', 'hostUserId', 'grace'],
    ['meeting-changed', 'hostName', 'Grace'],
    ['participant-changed', 'p-ada', 'co-host'],
    ['participant-changed', 'p-grace', 'host'],
  ]);
});

it('the timeline has a line for each of it', () => {
  const lines = timeline(log).filter(
    ({ type }) =>
      !/Joined|Seated|Created|Started|Waiting$/u.test(type) || type === 'ParticipantStoppedWaiting',
  );
  expect(lines.map(({ text }) => text)).toEqual([
    'Mallory waits no more',
    'Ada admitted Grace',
    'Ada admitted Linus',
    'Ada changed what is allowed',
    'Ada opened 2 breakout rooms for 5 min',
    'Ada assigned Grace to Room b1',
    'Linus went to Second room',
    'Grace reacted with clap',
    'Linus came back from Second room',
    'Linus went to Room b1',
    'Ada brought Linus back from Room b1',
    'The breakout rooms close soon',
    'The breakout rooms closed: their time was over',
    'Ada made Grace the host',
    'Ada made Ada a co-host',
    'Ada made Grace a host',
  ]);
});

it('a policy is shown without the password hash', () => {
  const policy = log.find(({ type }) => type === 'SecurityPolicyApplied')!;
  expect(JSON.stringify(policy)).toContain('scrypt$secret');
  expect(publicEvent(policy).data).toMatchObject({ meetingId: MEETING_ID, settings: { locked: true } });
  expect(JSON.stringify(publicEvent(policy))).not.toContain('scrypt');
});

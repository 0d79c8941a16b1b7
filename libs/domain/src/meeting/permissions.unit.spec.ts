import { describe, expect, it } from '@jest/globals';
import { specify } from '../given-when-then.js';
import { assigned, opened, room } from './breakout-examples.js';
import { Meeting } from './meeting.js';
import { created, hostChanged, joined, roleChanged, started } from './meeting-examples.js';
import type { MeetingEvent, MeetingSettings } from './meeting-events.js';
import { entryStatus, permissionsOf, type Permissions } from './permissions.js';

const { given } = specify(Meeting);
const meeting = (settings: Partial<MeetingSettings> = {}, ...more: MeetingEvent[]) =>
  given(
    created(settings),
    started,
    ...[joined('ada', 'host'), joined('grace'), joined('linus'), joined('vera')],
    ...[roleChanged('grace', 'co-host'), roleChanged('vera', 'viewer')],
    ...more,
  ).state;
const USERS = { host: 'ada', 'co-host': 'grace', attendee: 'linus', viewer: 'vera', stranger: 'ken' };
/** Who of all may, of host, co-host, attendee, viewer and somebody who is not in. */
const whoMay = (what: keyof Permissions, settings: Partial<MeetingSettings> = {}, ...more: MeetingEvent[]) =>
  Object.entries(USERS)
    .filter(([, userId]) => permissionsOf(meeting(settings, ...more), userId)[what])
    .map(([role]) => role);
const SENDERS = ['host', 'co-host', 'attendee', 'stranger'];
const HOSTS = ['host', 'co-host'];

describe('by role and settings', () => {
  it('host and co-hosts moderate', () => expect(whoMay('moderate')).toEqual(HOSTS));
  it('all but viewers have a microphone, whoever comes in muted', () =>
    expect(whoMay('microphone', { muteOnEntry: true })).toEqual(SENDERS));
  it('all but viewers have a camera, and host and co-hosts where cameras are off', () => {
    expect(whoMay('camera')).toEqual(SENDERS);
    expect(whoMay('camera', { cameraDisabled: true })).toEqual(HOSTS);
  });
  it.each([
    ['all', SENDERS],
    ['host', HOSTS],
    ['none', []],
  ] as const)('screens are shared, where %s may, by those who send', (permission, may) =>
    expect(whoMay('screenShare', { screenSharePermission: permission })).toEqual(may),
  );
  it.each([
    ['all', SENDERS],
    ['host', HOSTS],
    ['none', []],
  ] as const)('the meeting is recorded, where %s may, by those who send', (permission, may) =>
    expect(whoMay('record', { recordingPermission: permission })).toEqual(may),
  );
  it.each([
    ['all', [...HOSTS, 'attendee', 'viewer', 'stranger']],
    ['host', HOSTS],
    ['none', []],
  ] as const)('messages are written, where %s may, by viewers too', (permission, may) =>
    expect(whoMay('chat', { chatPermission: permission })).toEqual(may),
  );
  it('the host before has a co-host’s', () => {
    const handed = [hostChanged('ada', 'linus'), roleChanged('ada', 'co-host'), roleChanged('linus', 'host')];
    expect(whoMay('moderate', {}, ...handed)).toEqual(['host', 'co-host', 'attendee']);
    expect(permissionsOf(meeting({ cameraDisabled: true }, ...handed), 'ada').camera).toBe(true);
  });
  it.each(['__proto__', 'constructor', 'toString'])('nobody called %s is taken for somebody else', userId =>
    expect(permissionsOf(meeting(), userId).moderate).toBe(false),
  );
});

describe('by breakout room', () => {
  const quiet = opened({ rooms: [room('b1', { allowChat: false, allowScreenShare: false }), room('b2')] });
  const inB1 = ['ada', 'grace', 'linus', 'vera'].map(userId => assigned(userId, 'b1'));
  it('chat and screens may be off in one room, not for host and co-hosts', () => {
    expect(whoMay('chat', {}, quiet, ...inB1)).toEqual([...HOSTS, 'stranger']);
    expect(whoMay('screenShare', {}, quiet, ...inB1)).toEqual([...HOSTS, 'stranger']);
  });
  it('they are as ever in other rooms and the main room', () => {
    expect(whoMay('chat', {}, quiet, assigned('linus', 'b2'))).toContain('attendee');
    expect(whoMay('chat', {}, quiet)).toContain('attendee');
  });
  it('a room allows nothing that the meeting does not', () => {
    const loud = [opened(), assigned('linus', 'b1')];
    expect(whoMay('chat', { chatPermission: 'host' }, ...loud)).toEqual(HOSTS);
    expect(whoMay('screenShare', { screenSharePermission: 'none' }, ...loud)).toEqual([]);
  });
});

describe('coming in', () => {
  const open = { isMuted: false, isVideoOn: true };
  it('as one wishes', () => {
    expect(entryStatus(meeting(), 'linus', open)).toEqual(open);
    const quiet = { isMuted: true, isVideoOn: false };
    expect(entryStatus(meeting(), 'ada', quiet)).toEqual(quiet);
  });
  it('with the microphone off where everybody comes in muted, but host and co-hosts', () => {
    const muting = meeting({ muteOnEntry: true });
    expect(entryStatus(muting, 'linus', open)).toEqual({ isMuted: true, isVideoOn: true });
    expect(entryStatus(muting, 'ada', open)).toEqual(open);
    expect(entryStatus(muting, 'grace', open)).toEqual(open);
  });
  it('with the camera off where cameras are, but host and co-hosts', () => {
    const dark = meeting({ cameraDisabled: true });
    expect(entryStatus(dark, 'linus', open)).toEqual({ isMuted: false, isVideoOn: false });
    expect(entryStatus(dark, 'grace', open)).toEqual(open);
  });
  it('as a viewer with both off', () =>
    expect(entryStatus(meeting(), 'vera', open)).toEqual({ isMuted: true, isVideoOn: false }));
});

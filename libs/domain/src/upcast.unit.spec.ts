import { describe, expect, it } from '@jest/globals';
import { DEFAULT_SETTINGS } from './meeting/meeting-state.js';
import { upcast, upcasting, versionOf } from './upcast.js';

const local = upcasting({
  Greeted: [
    ({ who }: { who: string }) => ({ name: who }),
    ({ name }: { name: string }) => ({ names: [name] }),
  ],
});
const greeted = (version: number, data: unknown) => ({ id: 'e1', type: 'Greeted', version, data });

describe('upcasting', () => {
  it('brings an event through every later version to that of today', () =>
    expect(local.upcast(greeted(1, { who: 'Ada' }))).toEqual(greeted(3, { names: ['Ada'] })));
  it('begins at the version in which the event was written', () =>
    expect(local.upcast(greeted(2, { name: 'Ada' }))).toEqual(greeted(3, { names: ['Ada'] })));
  it('does not change the event that was read', () => {
    const old = Object.freeze(greeted(1, Object.freeze({ who: 'Ada' })));
    local.upcast(old);
    expect(old).toEqual(greeted(1, { who: 'Ada' }));
  });
  it('gives an event of today, or of a later day, back itself', () => {
    for (const event of [greeted(3, { names: [] }), greeted(4, { people: [] })])
      expect(local.upcast(event)).toBe(event);
  });
  it.each(['Parted', 'constructor', '__proto__'])(
    'gives an event of a type that never changed back itself: %s',
    type => {
      const event = { type, version: 1, data: {} };
      expect(local.upcast(event)).toBe(event);
      expect(upcast(event)).toBe(event);
    },
  );
  it('tells in which version events are written', () => {
    expect([local.versionOf('Greeted'), local.versionOf('Parted')]).toEqual([3, 1]);
    expect(versionOf('MeetingCreated')).toBe(2);
    expect(versionOf('MeetingStarted')).toBe(1);
  });
});

describe('a meeting that was created before there were security policies', () => {
  const first = {
    ...{ maxParticipants: 30, waitingRoomEnabled: true, autoRecord: true, passwordHash: 'scrypt$' },
    ...{ recordingEnabled: true, chatEnabled: true, screenShareEnabled: true },
  };
  const created = (settings: object) => ({
    type: 'MeetingCreated',
    version: 1,
    data: { meetingId: 'm1', title: 'Weekly', settings },
  });
  const read = (settings: object) =>
    upcast(created(settings)) as { version: number; data: { settings: object } };

  it('keeps all it said, and allows the rest as meetings do', () =>
    expect(read(first)).toEqual({
      type: 'MeetingCreated',
      version: 2,
      data: {
        meetingId: 'm1',
        title: 'Weekly',
        settings: {
          ...{ maxParticipants: 30, waitingRoomEnabled: true, autoRecord: true, passwordHash: 'scrypt$' },
          ...{ recordingPermission: 'host', screenSharePermission: 'all', chatPermission: 'all' },
          ...{ anonymousJoinAllowed: true, allowedDomains: [], blockedUsers: [] },
          ...{ muteOnEntry: false, cameraDisabled: false, locked: false },
        },
      },
    }));
  it('allows nobody what it did not allow', () =>
    expect(
      read({ ...first, recordingEnabled: false, chatEnabled: false, screenShareEnabled: false }).data
        .settings,
    ).toMatchObject({ recordingPermission: 'none', screenSharePermission: 'none', chatPermission: 'none' }));
  it('has a password only where it had one', () => {
    const { passwordHash: _none, ...open } = first;
    expect(read(open).data.settings).not.toHaveProperty('passwordHash');
  });
  it('has the fields of today, and no other', () =>
    expect(Object.keys(read(first).data.settings).sort()).toEqual(
      [...Object.keys(DEFAULT_SETTINGS), 'passwordHash'].sort(),
    ));
});

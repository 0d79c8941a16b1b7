import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Meeting, type MeetingSettings } from '#libs/domain';
import { Aggregates } from '../../../platform/aggregates.js';
import { RunningApi } from '../../../testing/running-api.js';
import type { SignallingClient } from '../../../testing/signalling-client.js';

describe('what one may do is pushed when it changes', () => {
  let api: RunningApi;
  let meeting_id: string;
  let ada: SignallingClient;
  let grace: SignallingClient;
  const ALL = { microphone: true, camera: true, screen_share: true, chat: true, record: true };
  const SOME = { ...ALL, record: false };

  beforeAll(async () => {
    api = await RunningApi.start();
  }, 90_000);
  afterAll(async () => {
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });
  beforeEach(async () => {
    meeting_id = await api.meeting('ada');
    [ada, grace] = [await api.connect('ada'), await api.connect('grace')];
    for (const client of [ada, grace]) await client.do('join_meeting', { meeting_id });
  });
  const by = (userId: string) => ({
    by: { userId, name: userId, roles: [] },
    requestId: 'req_test',
  });
  const apply = (changes: Partial<MeetingSettings>) =>
    api.part(Aggregates).execute(Meeting, meeting_id, { type: 'ApplySecurityPolicy', changes }, by('ada'));
  const role = (userId: string, to: 'host' | 'co-host' | 'viewer') =>
    api.part(Aggregates).execute(Meeting, meeting_id, { type: 'ChangeRole', userId, role: to }, by('ada'));
  const settle = async (): Promise<void> => {
    const client = await api.connect('marker');
    await client.do('join_meeting', { meeting_id });
    await client.close();
    for (const one of [ada, grace]) await one.next('participant_joined', push => push.user_id === 'marker');
  };
  const pushed = (client: SignallingClient) =>
    client.pushed('permissions_updated').map(push => push.permissions);

  it('a join shows them', async () => {
    const permissions = (client: SignallingClient) =>
      (client.pushed('meeting_joined')[0]?.meeting_info as { permissions: object }).permissions;
    expect(permissions(ada)).toEqual(ALL);
    expect(permissions(grace)).toEqual(SOME);
  });

  it('by the policy: to each to whom it makes a difference', async () => {
    await apply({ screenSharePermission: 'host' });
    expect(await grace.next('permissions_updated')).toEqual({
      permissions: { ...SOME, screen_share: false },
    });
    await apply({ chatPermission: 'none' });
    await settle();
    expect(pushed(grace)).toEqual([
      { ...SOME, screen_share: false },
      { ...SOME, screen_share: false, chat: false },
    ]);
    expect(pushed(ada)).toEqual([{ ...ALL, chat: false }]);
  });

  it('a policy is told to all, with the lock', async () => {
    await apply({ locked: true });
    for (const client of [ada, grace]) {
      expect(await client.next('meeting_updated')).toEqual({ is_locked: true, host_id: 'ada' });
    }
    await apply({ locked: false });
    await grace.next('meeting_updated', push => push.is_locked === false);
    expect(pushed(grace)).toEqual([]);
  });

  it('by the role: to the one, on all devices', async () => {
    const phone = await api.connect('grace');
    await phone.do('join_meeting', { meeting_id });
    await role('grace', 'viewer');
    const viewer = { microphone: false, camera: false, screen_share: false, chat: true, record: false };
    for (const client of [grace, phone]) {
      expect(await client.next('permissions_updated')).toEqual({ permissions: viewer });
    }
    await settle();
    expect(pushed(ada)).toEqual([]);
  });

  it('by handing over: both hear what they may do, and all who is the host', async () => {
    await apply({ screenSharePermission: 'host' });
    await grace.next('permissions_updated');
    await role('grace', 'host');
    for (const client of [ada, grace]) {
      expect(await client.next('meeting_updated', push => push.host_id === 'grace')).toEqual({
        is_locked: false,
        host_id: 'grace',
      });
      expect(
        await client.next('participant_updated', push => push.user_id === 'grace' && push.role === 'host'),
      ).toBeDefined();
    }
    expect(await grace.next('permissions_updated', push => (push.permissions as typeof ALL).record)).toEqual({
      permissions: ALL,
    });
    expect(await ada.next('participant_updated', push => push.user_id === 'ada')).toMatchObject({
      role: 'co-host',
    });
  });

  it('by the breakout room, and back', async () => {
    const path = `/api/v1/meetings/${meeting_id}/breakout-rooms`;
    const settings = { allow_chat: false, allow_screen_share: false };
    await api.as('ada').post(path, { room_count: 1, rooms: [{ settings }], auto_assign: true });
    expect(await grace.next('permissions_updated')).toEqual({
      permissions: { ...SOME, chat: false, screen_share: false },
    });
    await api.as('ada').send(path, { method: 'DELETE' });
    await settle();
    expect(pushed(grace).at(-1)).toEqual(SOME);
    expect(pushed(ada)).toEqual([]);
  });

  it('who joins while the policy changes knows the last word', async () => {
    const comers: SignallingClient[] = [];
    const changing = (async () => {
      for (let turn = 0; turn < 20; turn++) await apply({ chatPermission: turn % 2 ? 'all' : 'none' });
      await apply({ chatPermission: 'host' });
    })();
    for (let n = 0; n < 6; n++) {
      const comer = await api.connect(`comer-${n}`);
      await comer.do('join_meeting', { meeting_id });
      comers.push(comer);
    }
    await changing;
    await settle();
    for (const comer of comers) {
      await comer.next('participant_joined', push => push.user_id === 'marker');
      const [joined] = comer.pushed('meeting_joined');
      const words = [(joined?.meeting_info as { permissions: object }).permissions, ...pushed(comer)];
      expect(words.at(-1)).toEqual({ ...SOME, chat: false });
    }
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { PersonalEventLog } from '#libs/event-log';
import { ConnectDevice } from '../../../participants/connect-device.js';
import { EVENT_LOG } from '../../../platform/log-follower.js';
import { RawSocketClient } from '../../../testing/raw-socket-client.js';
import { restartDuring } from '../../../testing/restart-during.js';
import { until } from '../../../testing/until.js';
import { MeetingSockets, pushed, pushes, told } from './meeting-sockets-for-tests.js';

describe('who comes back to a meeting’s socket', () => {
  let sockets: MeetingSockets;
  beforeAll(async () => {
    sockets = await MeetingSockets.start();
  }, 60_000);
  afterEach(() => sockets.clear());
  afterAll(() => sockets.stop());

  it('many who come and go are told the same as one who stays', async () => {
    const id = await sockets.api.meeting('ada');
    const users = ['ada', 'grace', 'edsger'];
    const stay: RawSocketClient[] = [];
    for (const userId of users) stay.push(await sockets.join(userId, id));
    const parts = new Map(users.map((userId, index) => [userId, [stay[index]!]]));
    const begin = pushes(stay[2]!).at(-1)!.position;
    const lastOf = (userId: string): number =>
      parts
        .get(userId)!
        .flatMap(pushes)
        .reduce((last, { position }) => Math.max(last, position), begin);
    const roam = async (userId: string, rounds: number): Promise<void> => {
      for (let round = 0; round < rounds; round += 1) {
        const from = round === 0 ? begin : lastOf(userId);
        const client = await sockets.open(userId, id, `?last_position=${from}`);
        parts.set(userId, [...(round === 0 ? [] : parts.get(userId)!), client]);
        await client.ask({ type: 'chat', data: { content: `${userId} is here for the ${round}. time` } });
        if (round % 2) await client.ask({ type: 'hand_raise', data: { is_hand_raised: round % 4 === 1 } });
        if (round < rounds - 1) client.socket.terminate();
      }
    };
    await Promise.all(users.map(userId => roam(userId, 12)));
    await stay[0]!.ask({ type: 'chat', data: { content: 'psst', recipient_id: 'grace' } });
    await told(stay[0]!, ...stay, ...users.map(userId => parts.get(userId)!.at(-1)!));
    users.forEach((userId, index) => {
      const whole = pushes(stay[index]!).filter(({ position }) => position > begin);
      expect(parts.get(userId)!.flatMap(pushes)).toEqual(whole);
      expect(whole.length).toBeGreaterThan(36);
    });
    // And once more from the beginning: what was never theirs is not theirs now.
    const again = await sockets.open('edsger', id, '?last_position=-1');
    await until('all of it', () => pushes(again).at(-1)?.position === pushes(stay[2]!).at(-1)?.position);
    expect(pushes(again).filter(({ position }) => position > begin)).toEqual(
      pushes(stay[2]!).filter(({ position }) => position > begin),
    );
    // He joined last.
    expect(pushes(again)[0]).toMatchObject({ type: 'meeting_started' });
    expect(pushes(again)[1]).toMatchObject({ type: 'join', user_id: 'edsger' });
  }, 60_000);

  it.each(['coming', 'there already'])(
    'a device of one who is %s, and that is being noted when the process stops, is no fault',
    async when => {
      const { api } = sockets;
      const id = await api.meeting('ada');
      if (when === 'there already') await sockets.open('grace', id);
      await restartDuring(api, ConnectDevice, () =>
        when === 'coming'
          ? RawSocketClient.connect(sockets.url(id), sockets.as('grace'))
          : api.as('grace').post(`/api/v1/meetings/${id}/join`, {}),
      );
      // afterAll sees that nothing was logged.
    },
  );

  /** Ada and grace are in a meeting, in which grace has spoken after this position. */
  const graceSpeaks = async () => {
    const id = await sockets.api.meeting('ada');
    const [ada, grace] = [await sockets.join('ada', id), await sockets.join('grace', id)];
    const { position } = pushes(grace).at(-1)!;
    await grace.ask({ type: 'chat', data: { content: 'remember me' } });
    await pushed(ada, 'chat');
    return { id, ada, grace, position };
  };

  it('a user’s texts are gone with the keys, before the node hears of the erasure', async () => {
    const { id, position } = await graceSpeaks();
    const log = sockets.api.part<PersonalEventLog>(EVENT_LOG);
    await log.eraseUser('grace', 'an erasure that no event tells of');
    const again = await sockets.open('ada', id, `?last_position=${position}`);
    expect((await pushed(again, 'chat')).data).toMatchObject({ content: '[erased]' });
  });

  it('when a user is erased their texts are gone for those who come back, and nobody is disconnected', async () => {
    const { id, ada, grace, position } = await graceSpeaks();
    expect((await sockets.api.as('grace').send('/api/v1/users/grace', { method: 'DELETE' })).status).toBe(
      204,
    );
    const again = await sockets.open('ada', id, `?last_position=${position}`);
    expect((await pushed(again, 'chat')).data).toMatchObject({
      content: '[erased]',
      sender_name: '[erased]',
    });
    await ada.ask({ type: 'chat', data: { content: 'still here' } });
    await again.next('what is new', ({ data }) => (data as Record<string, unknown>).content === 'still here');
    expect([ada.closed, grace.closed]).toEqual([undefined, undefined]);
  });
});

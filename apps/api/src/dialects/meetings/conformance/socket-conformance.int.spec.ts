import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RawSocketClient } from '../../../testing/raw-socket-client.js';
import { RunningApi } from '../../../testing/running-api.js';
import { expectAsDocumented } from './as-documented.js';
import { socketMessages } from './documented-examples.js';

describe('the socket messages of the meetings document', () => {
  let api: RunningApi;
  let id: string;
  let grace: RawSocketClient;
  let ada: RawSocketClient;
  beforeAll(async () => {
    api = await RunningApi.start();
    id = await api.meeting('ada');
    const open = async (userId: string): Promise<RawSocketClient> => {
      const token = api.token(userId, { name: 'John Doe' });
      const url = `${api.address.replace('http', 'ws')}/ws/meetings/${id}?token=${token}`;
      const socket = await RawSocketClient.connect(url);
      // What happens before the greeting is not told.
      await socket.next('a greeting', ({ type }) => type === 'connected');
      return socket;
    };
    await api.as('ada').post(`/api/v1/meetings/${id}/join`, {});
    [ada, grace] = await Promise.all([open('ada'), open('grace')]);
  }, 60_000);
  afterAll(async () => {
    await Promise.all([ada, grace].map(socket => socket.close()));
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });

  it.each(['join', 'participant_update', 'chat', 'reaction', 'hand_raise'])(
    '%s is taken as the document shows it, and pushed to the others in the same shape',
    async type => {
      const message = socketMessages(id, 'grace')[type]!;
      // Only a change is told: the example unmutes.
      if (type === 'participant_update') grace.send({ ...message, data: { is_muted: true } });
      grace.send(message);
      const { joined_at: _at, device_info, ...said } = message.data;
      const pushed = await ada.next(
        `a push of ${type} with what was said`,
        push =>
          push.type === type &&
          push.user_id === 'grace' &&
          Object.entries(said).every(([field, value]) => (push.data as typeof said)[field] === value),
      );
      expectAsDocumented({ ...message, data: said }, pushed);
      if (device_info) expect(pushed.data).toMatchObject({ device_info: { device_type: 'desktop' } });
      expect(pushed).toMatchObject({ meeting_id: id, position: expect.any(Number) });
      expect(grace.of('error')).toEqual([]);
    },
  );

  it('ping is answered with pong', async () => {
    grace.send(socketMessages(id, 'grace').ping!);
    const pong = await grace.next('a pong', push => push.type === 'pong');
    expectAsDocumented({ ...socketMessages(id, 'grace').ping!, type: 'pong' }, pong);
  });
});

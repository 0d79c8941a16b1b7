import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { RawSocketClient } from '../testing/raw-socket-client.js';
import { restartDuring } from '../testing/restart-during.js';
import { RunningApi } from '../testing/running-api.js';
import type { SignallingClient } from '../testing/signalling-client.js';
import { until } from '../testing/until.js';
import { StopWaiting } from './stop-waiting.js';

jest.setTimeout(60_000);
const GRACE_SECONDS = 2;

describe('whoever waits for the host, and vanishes', () => {
  let api: RunningApi;
  let id: string;
  beforeAll(async () => {
    api = await RunningApi.start({
      PARLEY_DISCONNECT_GRACE_SECONDS: String(GRACE_SECONDS),
      // The host asks again and again who waits.
      PARLEY_RATE_LIMITS: 'off',
    });
  });
  afterAll(async () => {
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });
  beforeEach(async () => {
    id = await api.meeting('ada', { waiting_room_enabled: true });
    await api.as('ada').post(`/api/v1/meetings/${id}/join`, {});
  });
  afterEach(() => void jest.restoreAllMocks());

  const ask = async (client: SignallingClient): Promise<void> =>
    expect(await client.ask('join_meeting', { meeting_id: id })).toEqual({ success: true, waiting: true });
  const wait = async (userId: string): Promise<SignallingClient> => {
    const client = await api.connect(userId);
    await ask(client);
    return client;
  };
  const waitOverWebSocket = async (userId: string): Promise<RawSocketClient> => {
    const url = `${api.address.replace('http', 'ws')}/ws/meetings/${id}?token=${api.token(userId)}`;
    const client = await RawSocketClient.connect(url);
    expect(await client.ask({ type: 'join', data: {} })).toMatchObject({
      type: 'ack',
      data: { waiting: true },
    });
    return client;
  };
  const waiting = async (): Promise<string[]> =>
    (
      await api.as('ada').get<{ data: { user_id: string }[] }>(`/api/v1/meetings/${id}/waiting-room`)
    ).body.data.map(one => one.user_id);
  const nobodyWaits = () => until('nobody waits', async () => (await waiting()).length === 0);
  const events = async (type: string): Promise<{ time: string; data: { userId?: string } }[]> => {
    const { body } = await api
      .as('ada')
      .get<{ events: { type: string; time: string; data: { userId?: string } }[] }>(
        `/api/v1/meetings/${id}/events`,
      );
    return body.events.filter(event => event.type === type);
  };
  /** Somebody waits, vanishes and is given up: whoever vanished before has had the grace period by then. */
  const graceIsOver = async (): Promise<void> => {
    await (await wait('clock')).close();
    await until('the clock stopped waiting', async () => !(await waiting()).includes('clock'));
  };

  it.each([
    ['signalling', wait],
    ['a WebSocket', waitOverWebSocket],
  ])('stops waiting after the grace period, who waited over %s', async (_what, over) => {
    const client = await over('grace');
    expect(await waiting()).toEqual(['grace']);
    const before = Date.now();
    await client.close();
    await nobodyWaits();
    const [stopped] = await events('ParticipantStoppedWaiting');
    expect(stopped?.data.userId).toBe('grace');
    expect(Date.parse(stopped?.time ?? '') - before).toBeGreaterThanOrEqual(GRACE_SECONDS * 1000 - 50);
  });

  it('keeps the place on coming back within the grace period, and is let in there', async () => {
    await (await wait('grace')).close();
    const back = await wait('grace');
    await graceIsOver();
    expect(await waiting()).toEqual(['grace']);
    expect(await events('ParticipantWaiting')).toHaveLength(2);
    await api.as('ada').post(`/api/v1/meetings/${id}/waiting-room/grace/admit`);
    await back.next('meeting_joined');
  });

  it('one device of two may vanish, on whatever kind of connection', async () => {
    const [phone, tab, desk] = [await wait('grace'), await wait('grace'), await waitOverWebSocket('grace')];
    await phone.close();
    await tab.close();
    await graceIsOver();
    expect(await waiting()).toEqual(['grace']);
    await desk.close();
    await nobodyWaits();
  });

  it('who asked over REST alone has no connection to lose, and waits on', async () => {
    await api.as('rest').post(`/api/v1/meetings/${id}/join`, {});
    await graceIsOver();
    expect(await waiting()).toEqual(['rest']);
  });

  it('who was admitted and let in does not stop anything by going', async () => {
    const client = await wait('grace');
    await api.as('ada').post(`/api/v1/meetings/${id}/waiting-room/grace/admit`);
    await client.next('meeting_joined');
    await client.close();
    await graceIsOver();
    expect((await events('ParticipantStoppedWaiting')).map(one => one.data.userId)).toEqual(['clock']);
  });

  it('who was admitted while away may come in afterwards', async () => {
    await (await wait('grace')).close();
    await api.as('ada').post(`/api/v1/meetings/${id}/waiting-room/grace/admit`);
    await graceIsOver();
    expect((await api.as('grace').post(`/api/v1/meetings/${id}/join`, {})).status).toBe(200);
  });

  it('who gave up is not let in when another answer comes, and may ask anew', async () => {
    const client = await wait('grace');
    await client.do('leave_meeting', { meeting_id: id });
    await nobodyWaits();
    await ask(client);
    await api.as('ada').post(`/api/v1/meetings/${id}/waiting-room/admit`);
    await client.next('meeting_joined');
    expect(client.pushed('meeting_joined')).toHaveLength(1);
  });

  it('after a restart everybody who waits has the grace period to ask again', async () => {
    await wait('grace');
    await wait('edsger');
    await api.close();
    await api.open();
    await wait('grace');
    await until('one is given up', async () => (await waiting()).length === 1);
    await graceIsOver();
    expect(await waiting()).toEqual(['grace']);
  });

  it('after a restart who asks again over REST waits on as well', async () => {
    // Long enough to start the api anew, and ask, in it, however slow that is.
    const period = Math.min(Math.max(GRACE_SECONDS, (4 * (await api.restart())) / 1000), 12);
    jest.replaceProperty(api.config, 'disconnectGraceSeconds', period);
    await api.as('rest').post(`/api/v1/meetings/${id}/join`, {});
    await wait('edsger');
    await api.restart();
    expect((await api.as('rest').post(`/api/v1/meetings/${id}/join`, {})).status).toBe(202);
    await until('the other is given up', async () => !(await waiting()).includes('edsger'));
    await graceIsOver();
    expect(await waiting()).toEqual(['rest']);
    expect(await events('ParticipantWaiting')).toHaveLength(3);
  });

  it('who is being given up when the process stops is given up by the next one', async () => {
    const client = await wait('grace');
    await restartDuring(api, StopWaiting, () => client.close());
    await nobodyWaits();
    // afterAll sees that nothing was logged.
  });

  it('a device that goes while it asks leaves nobody waiting', async () => {
    for (let round = 0; round < 10; round += 1) {
      const client = await api.connect(`brief${round}`);
      client.socket.emit('join_meeting', { meeting_id: id });
      if (round % 2) await new Promise(resolve => setTimeout(resolve, round));
      await client.close();
    }
    await graceIsOver();
    await nobodyWaits();
  });
});

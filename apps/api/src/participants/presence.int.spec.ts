import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Meeting } from '#libs/domain';
import { Aggregates } from '../platform/aggregates.js';
import { RawSocketClient } from '../testing/raw-socket-client.js';
import { restartDuring } from '../testing/restart-during.js';
import { RunningApi } from '../testing/running-api.js';
import type { SignallingClient } from '../testing/signalling-client.js';
import { until } from '../testing/until.js';
import { LeaveMeeting } from './leave-meeting.js';

jest.setTimeout(60_000);
/** Long enough to come back in it. */
const GRACE_MS = 3000;

describe('a participant whose devices vanish', () => {
  let api: RunningApi;
  let meeting_id: string;
  let ada: SignallingClient;
  beforeAll(async () => {
    api = await RunningApi.start({
      PARLEY_DISCONNECT_GRACE_SECONDS: String(GRACE_MS / 1000),
      // The host asks again and again who is in.
      PARLEY_RATE_LIMITS: 'off',
    });
  });
  afterAll(async () => {
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });
  beforeEach(async () => {
    meeting_id = await api.meeting('ada');
    ada = await api.connect('ada');
    await ada.do('join_meeting', { meeting_id });
  });
  afterEach(() => void jest.restoreAllMocks());

  const enter = async (userId: string): Promise<{ client: SignallingClient; participantId: string }> => {
    const client = await api.connect(userId);
    const { your_participant_id } = await client.do('join_meeting', { meeting_id });
    return { client, participantId: String(your_participant_id) };
  };
  const present = async (): Promise<unknown[]> =>
    (
      await api.as('ada').get<{ data: { user_id: string }[] }>(`/api/v1/meetings/${meeting_id}/participants`)
    ).body.data.map(one => one.user_id);
  const timeOf = async (type: string, participantId: string, last = false): Promise<number> => {
    const { events } = (
      await api
        .as('ada')
        .get<{ events: { type: string; time: string; data: { participantId?: string } }[] }>(
          `/api/v1/meetings/${meeting_id}/events`,
        )
    ).body;
    const own = events.filter(event => event.type === type && event.data.participantId === participantId);
    return Date.parse((last ? own.at(-1) : own[0])?.time ?? '');
  };

  it('keeps the seat for the grace period, then leaves, and all hear of it', async () => {
    const grace = await enter('grace');
    await grace.client.close();
    expect(await ada.next('participant_left')).toEqual({
      participant_id: grace.participantId,
      user_id: 'grace',
      reason: 'disconnected',
    });
    const gone = await timeOf('ParticipantDisconnected', grace.participantId);
    expect((await timeOf('ParticipantLeft', grace.participantId)) - gone).toBeGreaterThanOrEqual(
      GRACE_MS - 50,
    );
    expect(await present()).toEqual(['ada']);
  });

  it('who comes back within the grace period has the same seat, and nobody notices', async () => {
    const grace = await enter('grace');
    await grace.client.close();
    const back = await enter('grace');
    expect(back.participantId).toBe(grace.participantId);
    const edsger = await enter('edsger');
    await edsger.client.close();
    await ada.next('participant_left', push => push.user_id === 'edsger');
    expect(ada.pushed('participant_left').map(push => push.user_id)).toEqual(['edsger']);
    expect(await present()).toEqual(['ada', 'grace']);
  });

  it('one device of two may vanish', async () => {
    const phone = await enter('ada');
    await phone.client.close();
    const edsger = await enter('edsger');
    await edsger.client.close();
    await ada.next('participant_left', push => push.user_id === 'edsger');
    expect(await present()).toEqual(['ada']);
    await ada.do('raise_hand', { meeting_id, is_hand_raised: true });
  });

  it('a seat with devices over signalling and WebSocket lasts as long as one of them', async () => {
    const url = `${api.address.replace('http', 'ws')}/ws/meetings/${meeting_id}?token=${api.token('grace')}`;
    const grace = await enter('grace');
    const desk = await RawSocketClient.connect(url);
    await desk.next('its hello', message => message.type === 'connected');
    await grace.client.close();
    const edsger = await enter('edsger');
    await edsger.client.close();
    await ada.next('participant_left', push => push.user_id === 'edsger');
    expect(await present()).toEqual(['ada', 'grace']);
    // The other way round: what came back by signalling holds the seat when the WebSocket goes.
    const back = await enter('grace');
    expect(back.participantId).toBe(grace.participantId);
    await desk.close();
    const alan = await enter('alan');
    await alan.client.close();
    await ada.next('participant_left', push => push.user_id === 'alan');
    expect(await present()).toEqual(['ada', 'grace']);
    await back.client.close();
    await ada.next('participant_left', push => push.user_id === 'grace');
  });

  it('who joined over REST and had a WebSocket is given up when that is gone for long', async () => {
    await api.as('grace').post(`/api/v1/meetings/${meeting_id}/join`, {});
    const url = `${api.address.replace('http', 'ws')}/ws/meetings/${meeting_id}?token=${api.token('grace')}`;
    const socket = await RawSocketClient.connect(url);
    await socket.next('its hello', message => message.type === 'connected');
    await socket.close();
    expect(await ada.next('participant_left')).toMatchObject({ user_id: 'grace', reason: 'disconnected' });
  });

  it('who comes back in the moment in which the seat is given up gets another seat', async () => {
    const grace = await enter('grace');
    await grace.client.close();
    const aggregates = api.part(Aggregates);
    const execute = aggregates.execute.bind(aggregates) as (...args: unknown[]) => Promise<never>;
    const overtaken = jest.spyOn(aggregates, 'execute');
    overtaken.mockImplementation(async (...args: unknown[]) => {
      const { type } = args[2] as { type: string };
      if (type === 'ConnectParticipant') {
        overtaken.mockRestore();
        const leave = { type: 'LeaveMeeting', userId: 'grace', reason: 'disconnected' } as const;
        await aggregates.execute(Meeting, meeting_id, leave, aggregates.ownContext());
      }
      return execute(...args);
    });
    const back = await enter('grace');
    expect(back.participantId).not.toBe(grace.participantId);
    expect(await present()).toEqual(['ada', 'grace']);
    await back.client.do('raise_hand', { meeting_id, is_hand_raised: true });
  });

  it('each vanishing has the whole grace period, also after a short return', async () => {
    const grace = await enter('grace');
    await grace.client.close();
    const back = await enter('grace');
    // Late enough that a timer of the first vanishing would end well before the second's grace period.
    await until('half of the grace period is over', async () => {
      const gone = await timeOf('ParticipantDisconnected', grace.participantId);
      return Date.now() > gone + GRACE_MS / 2;
    });
    await back.client.close();
    await ada.next('participant_left', push => push.user_id === 'grace');
    const goneAgain = await timeOf('ParticipantDisconnected', grace.participantId, true);
    expect((await timeOf('ParticipantLeft', grace.participantId)) - goneAgain).toBeGreaterThanOrEqual(
      GRACE_MS - 50,
    );
  });

  it('who joined over REST alone has no device to lose, and stays', async () => {
    await api.as('rest').post(`/api/v1/meetings/${meeting_id}/join`, {});
    await api.close();
    await api.open();
    ada = (await enter('ada')).client;
    const edsger = await enter('edsger');
    await edsger.client.close();
    await ada.next('participant_left', push => push.user_id === 'edsger');
    expect((await present()).sort()).toEqual(['ada', 'rest']);
  });

  it('when the api restarts, devices have the grace period to come back, and the others are given up', async () => {
    // Long enough to start the api anew, and come back, in it, however slow that is.
    const disconnectGraceSeconds = Math.min(Math.max(GRACE_MS, 4 * (await api.restart())), 12_000) / 1000;
    jest.replaceProperty(api.config, 'disconnectGraceSeconds', disconnectGraceSeconds);
    await enter('ada');
    const grace = await enter('grace');
    await enter('edsger');
    await api.restart();
    ada = (await enter('ada')).client;
    expect((await enter('grace')).participantId).toBe(grace.participantId);
    await ada.next('participant_left', push => push.user_id === 'edsger');
    expect(await present()).toEqual(['ada', 'grace']);
  });

  it('who vanished just before a restart is given up after it', async () => {
    const grace = await enter('grace');
    await grace.client.close();
    await until('it is known', async () =>
      Number.isFinite(await timeOf('ParticipantDisconnected', grace.participantId)),
    );
    await api.close();
    await api.open();
    ada = (await enter('ada')).client;
    await until('the seat is given up', async () => (await present()).length === 1);
    expect(await present()).toEqual(['ada']);
  });

  it('a seat that is being given up when the process stops is given up by the next one', async () => {
    const grace = await enter('grace');
    await restartDuring(api, LeaveMeeting, () => grace.client.close());
    await until('the seat is given up', async () => !(await present()).includes('grace'));
    // afterAll sees that nothing was logged.
  });

  it('a device that goes while it joins leaves no seat behind', async () => {
    for (let round = 0; round < 10; round++) {
      const client = await api.connect(`brief${round}`);
      client.socket.emit('join_meeting', { meeting_id });
      // At once, or while the join is under way.
      if (round % 2) await new Promise(resolve => setTimeout(resolve, round));
      await client.close();
    }
    await until('nobody is left over', async () => (await present()).length === 1);
  });
});

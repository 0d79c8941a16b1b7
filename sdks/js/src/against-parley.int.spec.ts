import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { BreakableNetwork } from '../../../apps/api/src/testing/breakable-network.js';
import { RunningApi } from '../../../apps/api/src/testing/running-api.js';
import { until } from '../../../apps/api/src/testing/until.js';
import { MeetingClient } from './meeting-client.js';
import type { MeetingError } from './meeting-error.js';

describe('the SDK for JavaScript against Parley', () => {
  let api: RunningApi;
  let network: BreakableNetwork;
  let isAway = false;
  const clients: MeetingClient[] = [];
  beforeAll(async () => {
    api = await RunningApi.start({
      PARLEY_LIVEKIT_URL: 'wss://livekit.example.com',
      PARLEY_LIVEKIT_API_KEY: 'key',
      PARLEY_LIVEKIT_API_SECRET: 'a secret that is long enough for HS256',
    });
    network = await BreakableNetwork.before(() => (isAway ? undefined : api.address));
  }, 90_000);
  afterEach(() => {
    for (const one of clients.splice(0)) one.close();
    network.mend();
  });
  afterAll(async () => {
    await network.end();
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });

  const client = (user: string): MeetingClient => {
    const one = new MeetingClient({ apiUrl: network.address, token: api.token(user, { name: user }) });
    clients.push(one);
    return one;
  };
  const refusal = (answer: Promise<unknown>): Promise<MeetingError> =>
    answer.then(
      () => Promise.reject(new Error('It was not refused')),
      (error: MeetingError) => error,
    );

  it('creates, starts, joins, writes, leaves and ends a meeting', async () => {
    const ada = client('ada');
    const { meetingId: id } = await ada.createMeeting({ title: 'x', settings: { maxParticipants: 5 } });
    expect(await ada.startMeeting(id)).toMatchObject({ meetingId: id, startedBy: 'ada' });
    expect(await refusal(ada.startMeeting(id))).toMatchObject({
      code: 'MEETING_ALREADY_ACTIVE',
      status: 409,
    });
    const joined = await ada.joinMeeting(id, { connectionId: 'c', deviceType: 'desktop', joinMuted: true });
    expect(joined).toMatchObject({ userId: 'ada', role: 'host', isMuted: true });
    const grace = client('grace');
    await grace.joinMeeting(id);
    expect(await grace.raiseHand(id)).toMatchObject({ isHandRaised: true });
    expect(await ada.quietenParticipant(id, 'grace', { isMuted: true })).toMatchObject({ isMuted: true });
    expect(await ada.getParticipants(id)).toMatchObject([
      { userId: 'ada' },
      { userId: 'grace', isHandRaised: true, isMuted: true },
    ]);
    const sent = await grace.sendChatMessage(id, { content: 'Hello', recipientId: 'ada' });
    expect(await ada.getChatHistory(id, { limit: 1 })).toEqual([sent]);
    expect(await ada.generateLiveKitToken(id)).toMatchObject({
      isHost: true,
      livekitUrl: expect.any(String),
    });
    expect(await refusal(grace.sendChatMessage(id, { content: 'x'.repeat(10_001) }))).toMatchObject({
      code: 'VALIDATION_FAILED',
      details: { content: expect.any(String) },
    });
    expect(await grace.leaveMeeting(id)).toMatchObject({ durationMinutes: 0 });
    expect(await ada.getMeetingStatus(id)).toMatchObject({ isActive: true, activeParticipants: 1 });
    expect(await ada.endMeeting(id)).toMatchObject({ endedBy: 'ada' });
    expect(await refusal(ada.startMeeting(id))).toMatchObject({ code: 'MEETING_ENDED', status: 410 });
  });

  it('runs breakout rooms, policy, roles and removal', async () => {
    const id = await api.meeting('ada');
    const [ada, grace] = [client('ada'), client('grace')];
    for (const one of [ada, grace]) await one.joinMeeting(id);
    const [room] = await ada.createBreakoutRooms(id, {
      roomCount: 2,
      rooms: [{ name: 'One', settings: { allowChat: true } }],
      allowParticipantsToChoose: true,
    });
    const roomId = room?.roomId ?? '';
    await grace.joinBreakoutRoom(id, roomId);
    expect(await ada.getBreakoutRooms(id)).toMatchObject([{ currentParticipants: 1 }, {}]);
    expect(await grace.returnFromBreakoutRoom(id)).toMatchObject({ breakoutRoomId: null });
    await ada.assignToBreakoutRoom(id, { participantUserId: 'grace', breakoutRoomId: roomId });
    await ada.returnFromBreakoutRoom(id, { participantUserId: 'grace' });
    await ada.autoAssignBreakoutRooms(id);
    expect(await ada.broadcastToBreakoutRooms(id, 'To all')).toMatchObject({ isBroadcast: true });
    await ada.closeBreakoutRooms(id);

    expect(await ada.applySecurityPolicy(id, { lockMeeting: true })).toBeNull();
    expect(await ada.getSecurityPolicy(id)).toMatchObject({ lockMeeting: true });
    expect(await ada.changeRole(id, 'grace', 'co-host')).toMatchObject({ role: 'co-host' });
    await ada.removeParticipant(id, 'grace');
    expect(await refusal(grace.joinMeeting(id))).toMatchObject({ status: 403 });
  });

  it('what happens arrives as it happens, and a reaction goes out', async () => {
    const id = await api.meeting('ada');
    const [ada, grace] = [client('ada'), client('grace')];
    const heard: string[] = [];
    ada.on('message', ({ type, userId }) => heard.push(`${type} ${userId}`));
    await ada.joinMeeting(id);
    await ada.connect(id);
    await grace.joinMeeting(id, { joinMuted: false });
    await grace.updateParticipantStatus(id, { isMuted: true });
    await grace.raiseHand(id);
    await grace.sendChatMessage(id, { content: 'Hello' });
    await grace.sendReaction(id, 'thumbs_up');
    await grace.leaveMeeting(id);
    await ada.endMeeting(id);
    await until('the end', () => heard.includes('meeting_ended ada'));
    expect(heard).toEqual([
      ...['join', 'participant_update', 'hand_raise', 'chat', 'reaction', 'leave'].map(
        type => `${type} grace`,
      ),
      'meeting_ended ada',
    ]);
  });

  it('whoever waits is told over the socket that they may join', async () => {
    const id = await api.meeting('ada', { waiting_room_enabled: true });
    const [ada, grace] = [client('ada'), client('grace')];
    await ada.joinMeeting(id);
    const joined = new Promise(resolve =>
      grace.on('admitted', ({ meetingId }) => void grace.joinMeeting(meetingId).then(resolve)),
    );
    const connected = new Promise(resolve => grace.on('connected', resolve));
    expect(await refusal(grace.joinMeeting(id))).toMatchObject({
      code: 'WAITING_ROOM_REQUIRED',
      status: 202,
    });
    await connected;
    expect(await ada.getWaitingRoom(id)).toMatchObject([{ userId: 'grace' }]);
    await ada.admitParticipant(id);
    expect(await joined).toMatchObject({ userId: 'grace', status: 'joined' });
  });

  it('a cut network costs no message and doubles none, nor does an api that restarts', async () => {
    const id = await api.meeting('ada');
    const [ada, grace] = [client('ada'), api.as('grace')];
    await grace.post(`/api/v1/meetings/${id}/join`, {});
    const heard: string[] = [];
    ada.on('chat', ({ data }) => heard.push(data.content));
    await ada.joinMeeting(id);
    await ada.connect(id);
    const say = async (content: string): Promise<void> => {
      const { status } = await api.as('grace').post(`/api/v1/meetings/${id}/chat`, { content });
      if (status !== 200) throw new Error(`It was answered with ${status}`);
    };
    const all: string[] = [];
    for (const what of ['connected', 'cut', 'mended', 'restarted']) {
      if (what === 'cut') network.cut();
      if (what === 'mended') network.mend();
      if (what === 'restarted') {
        isAway = true;
        await api.close();
        await api.open();
        isAway = false;
      }
      for (let number = 0; number < 10; number += 1) {
        all.push(`${what} ${number}`);
        await say(`${what} ${number}`);
      }
      if (what !== 'cut') await until('all of it', () => heard.length >= all.length);
      if (what !== 'cut') expect(heard).toEqual(all);
    }
  }, 60_000);

  it('what was asked once happens once, though its answer was lost', async () => {
    const id = await api.meeting('ada');
    const ada = client('ada');
    await ada.joinMeeting(id);
    network.answersToLose = 1;
    const sent = await ada.sendChatMessage(id, { content: 'Once' });
    expect(network.answersToLose).toBe(0);
    expect(await ada.getChatHistory(id)).toEqual([sent]);
  });

  it('a socket that is refused says why', async () => {
    const ada = client('ada');
    await expect(ada.connect('no-such-meeting')).rejects.toMatchObject({
      code: 'MEETING_NOT_FOUND',
      status: 404,
    });
    const stranger = new MeetingClient({ apiUrl: network.address, token: 'no token' });
    await expect(stranger.connect(await api.meeting('ada'))).rejects.toMatchObject({ code: 'INVALID_TOKEN' });
  });
});

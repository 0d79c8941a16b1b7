import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RunningApi } from '../../testing/running-api.js';

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

describe('the waiting room', () => {
  let api: RunningApi;
  let id: string;
  beforeAll(async () => {
    api = await RunningApi.start({ PARLEY_RATE_LIMITS: 'off' });
  }, 90_000);
  afterAll(async () => {
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });
  beforeEach(async () => {
    id = await api.meeting('ada', { waiting_room_enabled: true });
    await api.as('ada').post(`/api/v1/meetings/${id}/join`, {});
  });

  const join = (userId: string) =>
    api.as(userId, { name: userId.toUpperCase() }).post(`/api/v1/meetings/${id}/join`, {});
  const answer = (by: string, userId: string, what: string) =>
    api.as(by).post(`/api/v1/meetings/${id}/waiting-room/${encodeURIComponent(userId)}/${what}`);
  const waiting = (userId = 'ada') => api.as(userId).get(`/api/v1/meetings/${id}/waiting-room`);

  describe('over REST', () => {
    it('lists who waits to the host alone', async () => {
      expect(await join('grace')).toMatchObject({ status: 202, body: { code: 'WAITING_ROOM_REQUIRED' } });
      const { status, body } = await waiting();
      expect(status).toBe(200);
      expect(body).toEqual({
        status: 'success',
        message: 'Waiting room retrieved successfully',
        data: [{ user_id: 'grace', user_name: 'GRACE', waiting_since: time }],
        timestamp: time,
      });
      expect(await waiting('grace')).toMatchObject({
        status: 403,
        body: { code: 'INSUFFICIENT_PERMISSION' },
      });
    });

    it('whoever is admitted joins with the next request', async () => {
      await join('grace@example.org');
      expect(await answer('ada', 'grace@example.org', 'admit')).toMatchObject({
        status: 200,
        body: { status: 'success', data: { meeting_id: id, user_id: 'grace@example.org' } },
      });
      expect(await waiting()).toMatchObject({ body: { data: [] } });
      expect((await join('grace@example.org')).status).toBe(200);
    });

    it('whoever is denied stays outside, until the host thinks better of it', async () => {
      await join('grace');
      await answer('ada', 'grace', 'deny');
      expect(await join('grace')).toMatchObject({ status: 403, body: { code: 'JOIN_DENIED' } });
      await answer('ada', 'grace', 'admit');
      expect((await join('grace')).status).toBe(200);
    });

    it('nobody admits themselves or another without being host; nobody is admitted who does not wait', async () => {
      await join('grace');
      expect(await answer('grace', 'grace', 'admit')).toMatchObject({ status: 403 });
      expect(await answer('ada', 'eve', 'admit')).toMatchObject({
        status: 404,
        body: { code: 'PARTICIPANT_NOT_FOUND' },
      });
      expect(await answer('ada', 'grace', 'ignore')).toMatchObject({
        status: 400,
        body: { code: 'VALIDATION_FAILED' },
      });
    });
  });

  describe('all at once', () => {
    const answerAll = (by: string, what: string) =>
      api.as(by).post(`/api/v1/meetings/${id}/waiting-room/${what}`);

    it.each([
      ['admit', 'Participants admitted', 200],
      ['deny', 'Participants denied', 403],
    ] as const)('%s answers everybody who waits, and names them', async (what, message, joined) => {
      for (const userId of ['grace', 'linus']) await join(userId);
      const { status, body } = await answerAll('ada', what);
      expect(status).toBe(200);
      expect(body).toEqual({
        status: 'success',
        message,
        data: { meeting_id: id, user_ids: ['grace', 'linus'] },
        timestamp: time,
      });
      for (const userId of ['grace', 'linus']) expect((await join(userId)).status).toBe(joined);
      expect((await answerAll('ada', what)).body).toMatchObject({ data: { user_ids: [] } });
    });

    it('is refused to all but host and co-hosts, in a locked meeting, and for another word', async () => {
      await join('grace');
      expect(await answerAll('grace', 'admit')).toMatchObject({
        status: 403,
        body: { code: 'INSUFFICIENT_PERMISSION' },
      });
      expect(await answerAll('ada', 'ignore')).toMatchObject({
        status: 400,
        body: { code: 'VALIDATION_FAILED' },
      });
      await api.as('ada').post(`/api/v1/meetings/${id}/security/policy`, { lock_meeting: true });
      expect(await answerAll('ada', 'admit')).toMatchObject({
        status: 403,
        body: { code: 'MEETING_LOCKED' },
      });
      expect(await waiting()).toMatchObject({ body: { data: [{ user_id: 'grace' }] } });
    });

    it('co-hosts list, admit and deny, too; a meeting that is over is 410', async () => {
      await join('linus');
      await answer('ada', 'linus', 'admit');
      await join('linus');
      await api.as('ada').put(`/api/v1/meetings/${id}/participants/linus/role`, { role: 'co-host' });
      await join('grace');
      expect(await waiting('linus')).toMatchObject({ body: { data: [{ user_id: 'grace' }] } });
      expect((await answerAll('linus', 'admit')).status).toBe(200);
      await api.as('ada').post(`/api/v1/meetings/${id}/end`);
      expect(await answerAll('ada', 'admit')).toMatchObject({ status: 410, body: { code: 'MEETING_ENDED' } });
    });

    it('whoever waits is let in when the waiting room is switched off', async () => {
      await join('grace');
      await api.as('ada').post(`/api/v1/meetings/${id}/security/policy`, { require_waiting_room: false });
      expect(await waiting()).toMatchObject({ body: { data: [] } });
      expect((await join('grace')).status).toBe(200);
    });
  });

  describe('over signalling', () => {
    it('the host hears who waits, admits, and whoever waited is in: meeting_joined comes by itself', async () => {
      const [ada, grace] = [await api.connect('ada'), await api.connect('grace', { name: 'Grace' })];
      await ada.do('join_meeting', { meeting_id: id });
      expect(await grace.do('join_meeting', { meeting_id: id, is_muted: true })).toEqual({
        success: true,
        waiting: true,
      });
      expect(await ada.next('participant_waiting')).toEqual({ user_id: 'grace', display_name: 'Grace' });
      expect(await grace.ask('raise_hand', { meeting_id: id, is_hand_raised: true })).toMatchObject({
        error: { code: 'NOT_IN_MEETING' },
      });
      expect(await ada.do('admit_participant', { meeting_id: id, user_id: 'grace' })).toEqual({
        success: true,
      });
      const joined = await grace.next('meeting_joined');
      expect(joined).toMatchObject({ success: true, your_role: 'participant' });
      expect(await ada.next('participant_joined', push => push.user_id === 'grace')).toMatchObject({
        participant_id: joined.your_participant_id,
        is_muted: true,
      });
      expect(grace.pushes[0]?.name).toBe('meeting_joined');
    });

    it('all devices that wait are let in, and those alone', async () => {
      const devices = [await api.connect('grace'), await api.connect('grace')];
      const eve = await api.connect('eve');
      for (const device of [...devices, eve]) await device.do('join_meeting', { meeting_id: id });
      await answer('ada', 'grace', 'admit');
      for (const device of devices) await device.next('meeting_joined');
      expect(await eve.ask('raise_hand', { meeting_id: id, is_hand_raised: true })).toMatchObject({
        success: false,
      });
      expect(eve.pushes).toEqual([]);
    });

    it('whoever waits hears of the denial, and of nothing that goes on inside', async () => {
      const [ada, grace] = [await api.connect('ada'), await api.connect('grace')];
      await ada.do('join_meeting', { meeting_id: id });
      await grace.do('join_meeting', { meeting_id: id });
      await ada.do('send_chat_message', { meeting_id: id, message: { content: 'who is that?' } });
      await ada.next('chat_message_received');
      await ada.do('deny_participant', { meeting_id: id, user_id: 'grace' });
      expect(await grace.next('join_denied')).toEqual({ meeting_id: id });
      expect(grace.pushes.map(push => push.name)).toEqual(['join_denied']);
      expect(await grace.ask('join_meeting', { meeting_id: id })).toMatchObject({
        error: { code: 'JOIN_DENIED' },
      });
    });

    it('whoever waits hears that the meeting ended', async () => {
      const grace = await api.connect('grace');
      await grace.do('join_meeting', { meeting_id: id });
      await api.as('ada').post(`/api/v1/meetings/${id}/end`);
      expect(await grace.next('meeting_ended')).toMatchObject({ meeting_id: id });
    });

    it('only the host and co-hosts hear who waits', async () => {
      const [ada, grace, eve] = [
        await api.connect('ada'),
        await api.connect('grace'),
        await api.connect('eve'),
      ];
      await ada.do('join_meeting', { meeting_id: id });
      await grace.do('join_meeting', { meeting_id: id });
      await ada.do('admit_participant', { meeting_id: id, user_id: 'grace' });
      await grace.next('meeting_joined');
      await eve.do('join_meeting', { meeting_id: id });
      await ada.next('participant_waiting', push => push.user_id === 'eve');
      await ada.do('send_chat_message', { meeting_id: id, message: { content: 'mark' } });
      await grace.next('chat_message_received');
      expect(grace.pushed('participant_waiting')).toEqual([]);
      expect(await grace.ask('admit_participant', { meeting_id: id, user_id: 'eve' })).toMatchObject({
        error: { code: 'INSUFFICIENT_PERMISSIONS' },
      });
    });

    it('an admission in the moment of asking is not missed, however it falls', async () => {
      for (let round = 0; round < 20; round++) {
        const userId = `guest${round}`;
        await join(userId);
        const client = await api.connect(userId);
        const [asked] = await Promise.all([
          client.do('join_meeting', { meeting_id: id }),
          answer('ada', userId, 'admit'),
        ]);
        expect([undefined, true]).toContain(asked.waiting);
        await client.next('meeting_joined');
        await client.close();
      }
    });
  });
});

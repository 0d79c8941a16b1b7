import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DomainError, type ErrorCode, type MediaSource } from '#libs/domain';
import { Aggregates } from '../platform/aggregates.js';
import { FollowerCheckpoints } from '../platform/follower-checkpoints.js';
import { PlayedWorker } from '../testing/played-workers.js';
import { RunningApi } from '../testing/running-api.js';
import type { SignallingClient } from '../testing/signalling-client.js';
import { until } from '../testing/until.js';
import { Enforcement } from './enforcement.js';

jest.setTimeout(90_000);

interface Status {
  readonly user_id: string;
  readonly is_muted: boolean;
  readonly is_video_enabled: boolean;
  readonly is_screen_sharing: boolean;
}
const OFF = { is_muted: true, is_video_enabled: false, is_screen_sharing: false };
const ON = { is_muted: false, is_video_enabled: true, is_screen_sharing: true };

describe('what is allowed is enforced for those who are in', () => {
  let api: RunningApi;
  let media: PlayedWorker;
  let id: string;
  /** What closing a track is answered the first time, by its id. */
  const troubles = new Map<string, ErrorCode>();
  beforeAll(async () => {
    api = await RunningApi.start({ PARLEY_RATE_LIMITS: 'off' });
    media = await PlayedWorker.media(api.redis.redisUrl, {
      'producer.close': async ({ producerId }) => {
        const trouble = troubles.get(producerId);
        troubles.delete(producerId);
        if (trouble) throw new DomainError(trouble);
        return {};
      },
    });
    await until('the media worker is known', async () => {
      const { body } = await api.withToken().get<{ services: Record<string, string> }>('/health');
      return body.services.media_worker === 'healthy';
    });
  });
  afterAll(async () => {
    await media.stop();
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });
  beforeEach(async () => {
    id = await api.meeting('ada');
    for (const userId of ['ada', 'grace', 'linus']) await post(userId, 'join');
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  const post = (userId: string, what: string, body: object = {}) =>
    api.as(userId).post<{ data: never }>(`/api/v1/meetings/${id}/${what}`, body);
  const put = (userId: string, what: string, body: object) =>
    api.as(userId).put<{ data: Status }>(`/api/v1/meetings/${id}/participants/${what}`, body);
  const policy = async (body: object): Promise<void> => {
    expect((await post('ada', 'security/policy', body)).status).toBe(200);
  };
  const role = (userId: string, to: string) => put('ada', `${userId}/role`, { role: to });
  const seen = async (userId: string): Promise<Status | undefined> => {
    const { body } = await api.as('ada').get<{ data: Status[] }>(`/api/v1/meetings/${id}/participants`);
    return body.data.find(one => one.user_id === userId);
  };
  const becomes = (userId: string, wanted: Partial<Status>) =>
    until(`${userId} is ${JSON.stringify(wanted)}`, async () => {
      const status = { ...(await seen(userId)) };
      return Object.entries(wanted).every(([field, value]) => status[field as keyof Status] === value);
    });
  /** Opens tracks over a device of the user's, and returns their ids by source. */
  const send = async (userId: string, ...sources: MediaSource[]): Promise<Record<string, string>> => {
    const client: SignallingClient = await api.connect(userId);
    await client.do('join_meeting', { meeting_id: id });
    const { transport_id } = await client.do('create_transport', { meeting_id: id, direction: 'send' });
    const producers: Record<string, string> = {};
    for (const source of sources) {
      const kind = source === 'microphone' || source === 'screen-audio' ? 'audio' : 'video';
      const produced = await client.do('produce', {
        ...{ meeting_id: id, transport_id, kind, source },
        rtp_parameters: {},
      });
      producers[source] = String(produced.producer_id);
    }
    return producers;
  };
  const closed = (): unknown[] => media.requests('producer.close').map(request => request.producerId);
  /** Events of a type with who caused them. */
  const events = async (type: string): Promise<unknown[]> => {
    const { body } = await api
      .as('ada')
      .get<{ events: { type: string; data: { by: string } }[] }>(`/api/v1/meetings/${id}/events`);
    return body.events.filter(event => event.type === type).map(event => event.data.by);
  };

  it('no cameras: attendees’ are switched off and their tracks end, host and co-hosts keep theirs', async () => {
    await role('linus', 'co-host');
    const [grace, linus] = [
      await send('grace', 'camera', 'microphone'),
      await send('linus', 'camera', 'microphone'),
    ];
    await policy({ disable_camera: true });
    await becomes('grace', { is_video_enabled: false, is_muted: false });
    await until('her camera is closed', () => closed().includes(grace.camera));
    expect(await events('VideoTurnedOff')).toEqual(['system']);
    expect(await seen('linus')).toMatchObject({ is_video_enabled: true });
    expect(await seen('ada')).toMatchObject({ is_video_enabled: true });
    for (const producer of [grace.microphone, linus.camera, linus.microphone])
      expect(closed()).not.toContain(producer);
  });

  it.each([
    ['host', false],
    ['none', true],
  ])('screens for %s: sharing ends with its tracks', async (screen_share_permissions, also) => {
    const tracks = await send('grace', 'screen', 'screen-audio', 'camera');
    for (const userId of ['ada', 'grace']) await put(userId, 'status', { is_screen_sharing: true });
    await policy({ screen_share_permissions });
    await becomes('grace', { is_screen_sharing: false, is_video_enabled: true });
    await until('both are closed', () =>
      [tracks.screen, tracks['screen-audio']].every(track => closed().includes(track)),
    );
    expect(closed()).not.toContain(tracks.camera);
    await becomes('ada', { is_screen_sharing: !also });
  });

  it('who becomes a viewer is muted, seen no more, and sends nothing; as an attendee again nothing comes on by itself', async () => {
    const tracks = await send('grace', 'microphone', 'camera', 'screen');
    await put('grace', 'status', ON);
    await role('grace', 'viewer');
    await becomes('grace', OFF);
    await until('all are closed', () => Object.values(tracks).every(track => closed().includes(track)));
    expect((await put('grace', 'status', { is_muted: false })).status).toBe(403);
    await role('grace', 'attendee');
    expect(await seen('grace')).toMatchObject(OFF);
    expect((await put('grace', 'status', ON)).body).toMatchObject({ data: ON });
  });

  it('who is a co-host no more loses what co-hosts alone may', async () => {
    await role('grace', 'co-host');
    await policy({ disable_camera: true, screen_share_permissions: 'host' });
    await put('grace', 'status', ON);
    expect(await seen('grace')).toMatchObject(ON);
    await role('grace', 'attendee');
    await becomes('grace', { ...OFF, is_muted: false });
  });

  it('in a breakout room without screens none is shared', async () => {
    await put('grace', 'status', { is_screen_sharing: true });
    const opened = await post('ada', 'breakout-rooms', {
      room_count: 1,
      rooms: [{ name: 'Quiet', settings: { allow_screen_share: false } }],
    });
    const [room] = opened.body.data as { room_id: string }[];
    await post('ada', 'breakout-rooms/assign', {
      participant_user_id: 'grace',
      breakout_room_id: room?.room_id,
    });
    await becomes('grace', { is_screen_sharing: false });
    expect((await put('grace', 'status', { is_screen_sharing: true })).status).toBe(403);
  });

  it('a media worker that cannot just now is asked again; a track that it has no more keeps no other', async () => {
    const tracks = await send('grace', 'screen', 'screen-audio', 'camera');
    troubles
      .set(tracks.screen ?? '', 'PRODUCER_NOT_FOUND')
      .set(tracks['screen-audio'] ?? '', 'MEDIA_UNAVAILABLE');
    await policy({ disable_camera: true, screen_share_permissions: 'none' });
    const times = (source: MediaSource): number => closed().filter(track => track === tracks[source]).length;
    await until('it is asked again', () => times('screen-audio') > 1 && times('camera') > 0);
    expect(times('screen')).toBeGreaterThan(0);
  });

  describe('mute on entry', () => {
    it('mutes all but host and co-hosts, once: who unmutes stays so, whatever else changes', async () => {
      await role('linus', 'co-host');
      await post('edsger', 'join');
      await policy({ mute_on_entry: true });
      await becomes('grace', { is_muted: true });
      await becomes('edsger', { is_muted: true });
      expect(await events('AudioMuted')).toEqual(['system', 'system']);
      for (const userId of ['ada', 'linus']) expect(await seen(userId)).toMatchObject({ is_muted: false });

      await put('grace', 'status', { is_muted: false });
      // A change that mutes nobody, and whose own effect shows that it was carried out.
      await put('edsger', 'status', { is_screen_sharing: true });
      await policy({ mute_on_entry: true, screen_share_permissions: 'none' });
      await becomes('edsger', { is_screen_sharing: false });
      expect(await seen('grace')).toMatchObject({ is_muted: false });
    });

    it('switched off and on again it mutes again', async () => {
      await policy({ mute_on_entry: true });
      await becomes('grace', { is_muted: true });
      await put('grace', 'status', { is_muted: false });
      await policy({ mute_on_entry: false });
      await policy({ mute_on_entry: true });
      await becomes('grace', { is_muted: true });
    });

    it('a policy that the api heard of before it died is enforced by the next one, and mutes nobody twice', async () => {
      await policy({ mute_on_entry: true, disable_camera: true });
      await becomes('grace', { is_muted: true, is_video_enabled: false });
      await put('grace', 'status', { is_muted: false });
      const enforced = jest.spyOn(Enforcement.prototype, 'enforce');
      // As if it had died before it noted that it had done so.
      await api.close();
      const checkpoints = new FollowerCheckpoints(`${api.config.dataDir}/followers.json`, error => {
        throw error;
      });
      checkpoints.set('policies', 0);
      await checkpoints.save();
      await api.open();
      await until('it was enforced again', () =>
        enforced.mock.calls.some(([meetingId, userId]) => meetingId === id && userId === 'grace'),
      );
      await Promise.allSettled(enforced.mock.results.map(one => one.value));
      expect(await seen('grace')).toMatchObject({ is_muted: false, is_video_enabled: false });
    });
  });

  describe('a command that was decided by what was allowed a moment ago', () => {
    /**
     * Lets a command of grace's come to her seat only when the host's change was made, and enforced for her as she was before:
     * the command was decided by the permissions before it.
     */
    const overtakenBy = (
      type: string,
      change: () => Promise<unknown>,
    ): { readonly passed: () => boolean } => {
      const aggregates = api.part(Aggregates);
      const execute = aggregates.execute.bind(aggregates) as (...args: unknown[]) => Promise<never>;
      const enforcement = api.part(Enforcement);
      const attempts = [jest.spyOn(enforcement, 'enforce'), jest.spyOn(enforcement, 'mute')];
      let passed = false;
      jest.spyOn(aggregates, 'execute').mockImplementation(async (...args: unknown[]) => {
        const [, , command, context] = args as [
          unknown,
          unknown,
          { type: string },
          { by: { userId: string } },
        ];
        if (!passed && command.type === type && context.by.userId === 'grace') {
          passed = true;
          await change();
          await until('it was enforced', () =>
            attempts.some(({ mock }) => mock.calls.some(([, userId]) => userId === 'grace')),
          );
          // Nobody is in her seat yet when she only comes in: that is refused.
          await Promise.allSettled(attempts.flatMap(({ mock }) => mock.results.map(one => one.value)));
        }
        return execute(...args);
      });
      return { passed: () => passed };
    };
    const off = { is_video_enabled: false, is_screen_sharing: false };

    it.each<[string, object, object, () => Promise<unknown>]>([
      ['a camera', { is_video_enabled: true }, off, () => policy({ disable_camera: true })],
      ['a screen', { is_screen_sharing: true }, off, () => policy({ screen_share_permissions: 'none' })],
      ['a microphone', { is_muted: false }, OFF, () => role('grace', 'viewer')],
    ])('%s that was switched on is off again, and the answer says so', async (_what, wish, after, change) => {
      await put('grace', 'status', OFF);
      const overtaken = overtakenBy('UpdateStatus', change);
      expect(await put('grace', 'status', wish)).toMatchObject({ status: 200, body: { data: after } });
      expect(overtaken.passed()).toBe(true);
      expect(await seen('grace')).toMatchObject(after);
    });

    it('whoever comes in is muted and without camera', async () => {
      await post('grace', 'leave');
      const overtaken = overtakenBy('SeatParticipant', () =>
        policy({ mute_on_entry: true, disable_camera: true }),
      );
      expect(await post('grace', 'join')).toMatchObject({
        status: 200,
        body: { data: { is_muted: true, is_video_enabled: false } },
      });
      expect(overtaken.passed()).toBe(true);
      expect(await seen('grace')).toMatchObject({ is_muted: true, is_video_enabled: false });
    });

    it.each<[MediaSource, () => Promise<unknown>]>([
      ['camera', () => policy({ disable_camera: true })],
      ['screen', () => policy({ screen_share_permissions: 'host' })],
      ['microphone', () => role('grace', 'viewer')],
    ])('a track of the %s that was opened is refused and ends', async (source, change) => {
      const before = media.requests('producer.create').length;
      const overtaken = overtakenBy('OpenProducer', change);
      await expect(send('grace', source)).rejects.toThrow('produce was refused');
      expect(overtaken.passed()).toBe(true);
      expect(media.requests('producer.create')).toHaveLength(before + 1);
      const { participantId } = media.requests('producer.create').at(-1) ?? {};
      await until('it is closed', () =>
        media.requests('producer.close').some(request => request.participantId === participantId),
      );
    });
  });

  it('however commands and policies fall together, nobody keeps what the last policy forbids', async () => {
    const people = ['grace', 'linus', 'edsger', 'alan'];
    for (const userId of people) await post(userId, 'join');
    for (let round = 0; round < 15; round += 1) {
      const forbidden = round % 2 === 0;
      await Promise.all([
        ...people.flatMap(userId => [
          put(userId, 'status', { is_video_enabled: true }),
          put(userId, 'status', { is_screen_sharing: true }),
        ]),
        policy({ disable_camera: forbidden, screen_share_permissions: forbidden ? 'none' : 'all' }),
        ...people.map(userId => put(userId, 'status', { is_video_enabled: true })),
      ]);
      if (forbidden)
        for (const userId of people)
          await becomes(userId, { is_video_enabled: false, is_screen_sharing: false });
    }
  });
});

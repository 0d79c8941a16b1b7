import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DomainError } from '#libs/domain';
import { ulid } from 'ulid';
import { FollowerCheckpoints } from '../platform/follower-checkpoints.js';
import { PlayedWorker } from '../testing/played-workers.js';
import { RunningApi } from '../testing/running-api.js';
import type { SignallingClient } from '../testing/signalling-client.js';
import { until } from '../testing/until.js';

jest.setTimeout(90_000);

describe('media follow the log', () => {
  let api: RunningApi;
  let media: PlayedWorker;
  let meeting_id: string;
  let ada: SignallingClient;
  let participantId: string;

  beforeAll(async () => {
    api = await RunningApi.start();
  });
  afterAll(async () => {
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });
  beforeEach(async () => {
    media = await PlayedWorker.media(api.redis.redisUrl);
    await known(true);
    meeting_id = await api.meeting('ada');
    ada = await api.connect('ada');
    participantId = String((await ada.do('join_meeting', { meeting_id })).your_participant_id);
  });
  afterEach(async () => {
    await api.as('ada').post(`/api/v1/meetings/${meeting_id}/end`);
    await until('the room is closed', () =>
      media.requests('router.close').some(request => request.meetingId === meeting_id),
    );
    await media.stop();
    await known(false);
  });

  const known = (wanted: boolean) =>
    until(`a media worker ${wanted ? 'is' : 'is not'} known`, async () => {
      const { body } = await api.withToken().get<{ services: Record<string, string> }>('/health');
      return (body.services.media_worker === 'healthy') === wanted;
    });
  const produce = async (source: 'microphone' | 'camera', client = ada): Promise<string> => {
    const { transport_id } = await client.do('create_transport', { meeting_id, direction: 'send' });
    const kind = source === 'camera' ? 'video' : 'audio';
    const ack = await client.do('produce', { meeting_id, transport_id, kind, source, rtp_parameters: {} });
    return String(ack.producer_id);
  };

  it('each message of the dialogue becomes a request of this device, and its answer the acknowledgement', async () => {
    const device = { meetingId: meeting_id, participantId, connectionId: ada.socket.id };
    expect(await ada.do('get_router_capabilities', { meeting_id })).toEqual({
      success: true,
      rtp_capabilities: { codecs: [] },
    });
    const transport = await ada.do('create_transport', { meeting_id, direction: 'recv' });
    expect(transport).toEqual({
      success: true,
      transport_id: expect.any(String),
      ice_parameters: { usernameFragment: 'u', password: 'p' },
      ice_candidates: [],
      dtls_parameters: { fingerprints: [] },
    });
    const { transport_id } = transport;
    expect(
      await ada.do('connect_transport', { meeting_id, transport_id, dtls_parameters: { role: 'client' } }),
    ).toEqual({
      success: true,
    });
    await ada.do('restart_ice', { meeting_id, transport_id });
    await ada.do('consume', { meeting_id, transport_id, producer_id: 'p', rtp_capabilities: { codecs: [] } });
    await ada.do('resume_consumer', { meeting_id, consumer_id: 'c' });
    await ada.do('pause_consumer', { meeting_id, consumer_id: 'c' });
    await ada.do('set_preferred_layers', {
      meeting_id,
      consumer_id: 'c',
      spatial_layer: 2,
      temporal_layer: 1,
    });
    await ada.do('close_consumer', { meeting_id, consumer_id: 'c' });
    expect(media.asked).toEqual([
      { operation: 'router.open', request: { meetingId: meeting_id } },
      { operation: 'transport.create', request: { ...device, direction: 'recv' } },
      {
        operation: 'transport.connect',
        request: { ...device, transportId: transport_id, dtlsParameters: { role: 'client' } },
      },
      { operation: 'transport.restartIce', request: { ...device, transportId: transport_id } },
      {
        operation: 'consumer.create',
        request: { ...device, transportId: transport_id, producerId: 'p', rtpCapabilities: { codecs: [] } },
      },
      { operation: 'consumer.resume', request: { ...device, consumerId: 'c' } },
      { operation: 'consumer.pause', request: { ...device, consumerId: 'c' } },
      {
        operation: 'consumer.layers',
        request: { ...device, consumerId: 'c', spatialLayer: 2, temporalLayer: 1 },
      },
      { operation: 'consumer.close', request: { ...device, consumerId: 'c' } },
    ]);
  });

  it('a new producer is pushed to all, and shown to who joins later; a closed one is pushed and gone', async () => {
    const grace = await api.connect('grace');
    await grace.do('join_meeting', { meeting_id });
    const producer_id = await produce('microphone');
    const producer = { producer_id, participant_id: participantId, kind: 'audio', source: 'microphone' };
    for (const client of [ada, grace]) expect(await client.next('new_producer')).toEqual(producer);
    expect(await (await api.connect('edsger')).do('join_meeting', { meeting_id })).toMatchObject({
      producers: [producer],
    });

    await ada.do('close_producer', { meeting_id, producer_id });
    const closed = { meetingId: meeting_id, participantId, producerId: producer_id };
    expect(media.requests('producer.close')).toEqual([closed]);
    await media.tell({ factId: ulid(), type: 'ProducerClosed', ...closed });
    for (const client of [ada, grace]) {
      expect(await client.next('producer_closed')).toEqual({ producer_id, participant_id: participantId });
    }
    expect(await (await api.connect('alan')).do('join_meeting', { meeting_id })).toMatchObject({
      producers: [],
    });
  });

  it('muting pauses what comes from the microphone and nothing else; unmuting resumes it', async () => {
    const [microphone] = [await produce('microphone'), await produce('camera')];
    const producer = { meetingId: meeting_id, participantId, producerId: microphone };
    await ada.do('toggle_audio', { meeting_id, is_muted: true });
    await until('it is paused', () => media.requests('producer.pause').length > 0);
    expect(media.requests('producer.pause')).toEqual([producer]);
    await ada.do('toggle_audio', { meeting_id, is_muted: false });
    await until('it is resumed', () => media.requests('producer.resume').length > 0);
    expect(media.requests('producer.resume')).toEqual([producer]);
  });

  it('what a muted participant begins to send begins paused', async () => {
    await ada.do('toggle_audio', { meeting_id, is_muted: true });
    await produce('microphone');
    await produce('camera');
    expect(media.requests('producer.create').map(({ source, paused }) => [source, paused])).toEqual([
      ['microphone', true],
      ['camera', false],
    ]);
  });

  it('a microphone is muted though an earlier one of the same participant is gone from the worker', async () => {
    const gone = await produce('microphone');
    const live = await produce('microphone');
    await api.as('ada').post(`/api/v1/meetings/${meeting_id}/end`);
    await until('the room is closed', () => media.requests('router.close').length > 0);
    await media.stop();
    await known(false);

    media = await PlayedWorker.media(api.redis.redisUrl, {
      'producer.create': async () => ({ producerId: created.shift() ?? ulid() }),
      'producer.pause': async ({ producerId }) => {
        if (producerId === gone) throw new DomainError('PRODUCER_NOT_FOUND');
        return {};
      },
    });
    const created = [gone, live];
    await known(true);
    meeting_id = await api.meeting('ada');
    participantId = String((await ada.do('join_meeting', { meeting_id })).your_participant_id);
    await produce('microphone');
    await produce('microphone');
    await ada.do('toggle_audio', { meeting_id, is_muted: true });
    await until('the living one is paused', () =>
      media.requests('producer.pause').some(request => request.producerId === live),
    );
  });

  it('a device that vanishes loses its transports at once, one that leaves all of them', async () => {
    await ada.do('get_router_capabilities', { meeting_id });
    const phone = await api.connect('ada');
    await phone.do('join_meeting', { meeting_id });
    const connectionId = phone.socket.id;
    await phone.close();
    await until('its transports are closed', () => media.requests('connection.close').length > 0);
    expect(media.requests('connection.close')).toEqual([
      { meetingId: meeting_id, participantId, connectionId },
    ]);
    await ada.do('leave_meeting', { meeting_id });
    await until('all is closed', () => media.requests('participant.close').length > 0);
    expect(media.requests('participant.close')).toEqual([{ meetingId: meeting_id, participantId }]);
  });

  it.each(['stop', 'kill'] as const)(
    'when the media worker is gone (%s) the meeting moves to another, and all are told to begin again',
    async way => {
      await produce('microphone');
      await media[way]();
      const other = await PlayedWorker.media(api.redis.redisUrl);
      expect(await ada.next('media_restarted')).toEqual({ meeting_id });
      await ada.do('get_router_capabilities', { meeting_id });
      expect(other.requests('router.open')).toEqual([{ meetingId: meeting_id }]);
      expect(await (await api.connect('grace')).do('join_meeting', { meeting_id })).toMatchObject({
        producers: [],
      });
      const producer_id = await produce('microphone');
      expect(await ada.next('producer_closed')).toBeDefined();
      expect(await ada.next('new_producer', push => push.producer_id === producer_id)).toBeDefined();
      media = other;
    },
  );

  it('a request to a worker that dies under it is refused as soon as its death is known', async () => {
    const answer: { now?: () => void } = {};
    await ada.do('get_router_capabilities', { meeting_id });
    await media.stop();
    await known(false);
    const hanging = await PlayedWorker.media(api.redis.redisUrl, {
      'transport.create': () => new Promise(resolve => (answer.now = () => resolve({} as never))),
    });
    await known(true);
    await ada.next('media_restarted');
    const asked = ada.ask('create_transport', { meeting_id, direction: 'send' });
    await until('it hangs', () => answer.now);
    media = await PlayedWorker.media(api.redis.redisUrl);
    const stopped = hanging.unregister();
    expect(await asked).toMatchObject({ success: false, error: { code: 'SIGNALING_FAILED' } });
    await stopped;
    answer.now?.();
    await hanging.kill();
    await ada.next('media_restarted', () => ada.pushed('media_restarted').length > 1);
  });

  it('a mute that the api heard of just before it died is carried out by the next one', async () => {
    const microphone = await produce('microphone');
    await ada.do('toggle_audio', { meeting_id, is_muted: true });
    await until('it is paused', () => media.requests('producer.pause').length > 0);
    // As if it had died between the two: the file that tells how far it came is older.
    await api.close();
    const file = `${api.config.dataDir}/followers.json`;
    const checkpoints = new FollowerCheckpoints(file, error => {
      throw error;
    });
    checkpoints.set('media', (checkpoints.get('media') ?? 0) - 1);
    await checkpoints.save();
    await api.open();
    await until('it is paused again', () => media.requests('producer.pause').length > 1);
    expect(media.requests('producer.pause')[1]).toEqual({
      meetingId: meeting_id,
      participantId,
      producerId: microphone,
    });
  });
});

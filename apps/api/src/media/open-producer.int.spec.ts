import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Meeting } from '#libs/domain';
import { Aggregates } from '../platform/aggregates.js';
import { PlayedWorker } from '../testing/played-workers.js';
import { RunningApi } from '../testing/running-api.js';
import type { SignallingClient } from '../testing/signalling-client.js';
import { until } from '../testing/until.js';

describe('a track that its participant may not send', () => {
  let api: RunningApi;
  let media: PlayedWorker;
  let meeting_id: string;
  let grace: SignallingClient;
  /** What happens while the worker makes a track. */
  let meanwhile: () => Promise<unknown> = async () => undefined;
  let made = 0;

  beforeAll(async () => {
    api = await RunningApi.start();
    media = await PlayedWorker.media(api.redis.redisUrl, {
      'producer.create': async () => {
        await meanwhile();
        return { producerId: `track-${++made}` };
      },
    });
    await until('a media worker is known', async () => {
      const { body } = await api.withToken().get<{ services: Record<string, string> }>('/health');
      return body.services.media_worker === 'healthy';
    });
    meeting_id = await api.meeting('ada');
    grace = await api.connect('grace');
    await grace.do('join_meeting', { meeting_id });
  }, 90_000);
  afterAll(async () => {
    await media.stop();
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });

  const allow = (cameraDisabled: boolean) =>
    api
      .part(Aggregates)
      .execute(
        Meeting,
        meeting_id,
        { type: 'ApplySecurityPolicy', changes: { cameraDisabled } },
        { by: { userId: 'ada', name: 'ada', roles: [] }, requestId: 'req_test' },
      );
  const camera = async () => {
    const { transport_id } = await grace.do('create_transport', { meeting_id, direction: 'send' });
    const track = { kind: 'video', source: 'camera', rtp_parameters: {} };
    return grace.ask('produce', { meeting_id, transport_id, ...track });
  };
  const refused = { success: false, error: { code: 'INSUFFICIENT_PERMISSIONS' } };

  it('does not come to the media worker', async () => {
    await allow(true);
    expect(await camera()).toMatchObject(refused);
    expect(media.requests('producer.create')).toEqual([]);
  });

  it('ends there when that was forbidden while it was made', async () => {
    await allow(false);
    meanwhile = () => allow(true);
    expect(await camera()).toMatchObject(refused);
    const closed = media.requests('producer.close').map(request => request.producerId);
    expect(new Set(closed)).toEqual(new Set(['track-1']));
    meanwhile = async () => undefined;
  });

  it('is one like any other once it is allowed again', async () => {
    await allow(false);
    expect(await camera()).toMatchObject({ success: true, producer_id: 'track-2' });
  });
});

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { AnyEvent } from '#libs/domain';
import { connectRedis, type Fact, FACTS_QUEUE } from '#libs/work-queues';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { PlayedWorker } from '../testing/played-workers.js';
import { RunningApi } from '../testing/running-api.js';
import { until } from '../testing/until.js';

jest.setTimeout(90_000);

describe('facts about speech', () => {
  let api: RunningApi;
  let media: PlayedWorker;
  let redis: Redis;
  let facts: Queue;
  let meetingId: string;
  let participantId: string;

  beforeAll(async () => {
    api = await RunningApi.start();
    redis = connectRedis(api.redis.redisUrl);
    facts = new Queue(FACTS_QUEUE, { connection: redis });
    media = await PlayedWorker.media(api.redis.redisUrl);
    meetingId = await api.meeting('ada');
    const ada = await api.connect('ada');
    participantId = String((await ada.do('join_meeting', { meeting_id: meetingId })).your_participant_id);
  });
  afterAll(async () => {
    await media.stop();
    await facts.close();
    redis.disconnect();
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });

  const measuredAt = '2026-11-22T10:00:30.000Z';
  const fact = (factId: string, seconds: number, of = participantId): Fact => ({
    factId,
    type: 'SpeechMeasured',
    meetingId,
    participantId: of,
    seconds,
    measuredAt,
  });
  const spoken = async (): Promise<AnyEvent[]> => {
    const { body } = await api.as('ada').get<{ events: AnyEvent[] }>(`/api/v1/meetings/${meetingId}/events`);
    return body.events.filter(event => event.type === 'ParticipantSpoke');
  };

  it('become events of the seat, one each however often they are told; of a seat that is unknown, none', async () => {
    await media.tell(fact('speech-1', 12.5));
    await until('it is an event', async () => (await spoken()).length > 0);
    // The queue forgets in time which facts it had; the log does not.
    await until('the queue forgets it', async () => (await facts.remove('speech-1')) === 1);
    await media.tell(fact('speech-1', 12.5));
    await media.tell(fact('speech-2', 3, 'nobody'));
    await media.tell(fact('speech-3', 0));
    await media.tell(fact('speech-4', 0.5));
    await until('the last fact has arrived', async () => (await spoken()).length > 1);
    expect(await spoken()).toMatchObject([
      {
        type: 'ParticipantSpoke',
        data: { meetingId, participantId, seconds: 12.5, measuredAt },
        metadata: { userId: 'system' },
      },
      { type: 'ParticipantSpoke', data: { meetingId, participantId, seconds: 0.5, measuredAt } },
    ]);
  });
});

import { afterAll, beforeAll, expect, describe, it } from '@jest/globals';
import { RunningApi } from '../testing/running-api.js';
import type { SignallingClient } from '../testing/signalling-client.js';

describe('a reaction', () => {
  let api: RunningApi;
  let meeting_id: string;
  let grace: SignallingClient;
  beforeAll(async () => {
    api = await RunningApi.start();
    meeting_id = await api.meeting('ada');
    grace = await api.connect('grace');
    await grace.do('join_meeting', { meeting_id });
  });
  afterAll(async () => {
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });

  const reactions = async (): Promise<object[]> => {
    const { events } = (
      await api
        .as('ada')
        .get<{ events: { type: string; data: Record<string, unknown> }[] }>(
          `/api/v1/meetings/${meeting_id}/events`,
        )
    ).body;
    return events
      .filter(event => event.type === 'ReactionSent')
      .map(({ data: { reactionType, durationSeconds, by } }) => ({ reactionType, durationSeconds, by }));
  };

  it('over signalling becomes an event, of three seconds where the client does not say', async () => {
    expect(await grace.do('send_reaction', { meeting_id, reaction_type: 'clap' })).toEqual({ success: true });
    await grace.do('send_reaction', { meeting_id, reaction_type: '🎉', duration: 5.5 });
    expect(await reactions()).toEqual([
      { reactionType: 'clap', durationSeconds: 3, by: 'grace' },
      { reactionType: '🎉', durationSeconds: 5.5, by: 'grace' },
    ]);
  });

  it.each<[string, object]>([
    ['reaction_type', {}],
    ['reaction_type', { reaction_type: 'x'.repeat(33) }],
    ['duration', { reaction_type: 'clap', duration: 31 }],
    ['duration', { reaction_type: 'clap', duration: 'long' }],
  ])('that is wrong in %s is refused and shown to nobody: %j', async (field, message) => {
    const before = await reactions();
    const { error } = await grace.ask('send_reaction', { meeting_id, ...message });
    expect(error?.code).toBe('VALIDATION_FAILED');
    expect(error?.details).toHaveProperty(field);
    expect(await reactions()).toEqual(before);
  });

  it('of somebody who is not in the meeting is refused', async () => {
    const alan = await api.connect('alan');
    const { error } = await alan.ask('send_reaction', { meeting_id, reaction_type: 'clap' });
    expect(error?.code).toBe('NOT_IN_MEETING');
  });
});

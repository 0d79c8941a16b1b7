import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type AnyEvent, EVENT_CATALOGUE, WEBHOOK_EVENT_NAMES } from '#libs/domain';
import type { EventLog, RecordedEvent } from '#libs/event-log';
import { RETRY_PAUSES } from './retry-schedule.js';
import { webhookBody } from './webhook-body.js';
import { TOLD_TYPES, webhookName } from './webhook-words.js';

const page = readFileSync(new URL('../../../../docs/WEBHOOKS.md', import.meta.url), 'utf8');
const shown = [...page.matchAll(/```json\n(\{\n {2}"event"[^`]*)```/g)].map(
  ([, json = '']) => JSON.parse(json) as { event: string },
);

const exampleOf = (type: string): RecordedEvent & AnyEvent => {
  const { example } = EVENT_CATALOGUE[type as AnyEvent['type']];
  // The catalogue's message is private: receivers never hear of such.
  if (example.type !== 'ChatMessageSent') return example;
  const { recipientId: _recipient, breakoutRoomId: _room, ...data } = example.data;
  return { ...example, data };
};
/** The log of the catalogue's meeting, as far as a look back at it needs it. */
const log: Pick<EventLog, 'readStream'> = {
  async *readStream() {
    yield exampleOf('MeetingStarted');
    yield exampleOf('ParticipantJoined');
  },
};
const bodyOf = async (type: string, format: 'meetings' | 'jitsi'): Promise<{ event: string }> =>
  JSON.parse(await webhookBody(log, exampleOf(type), format)) as { event: string };

describe('docs/WEBHOOKS.md', () => {
  it('names every event in its table, and none that there is not', () => {
    const rows = [...page.matchAll(/^\| `([a-z_]+\.[a-z_]+)`/gm)].map(([, name]) => name);
    expect(rows).toEqual([...WEBHOOK_EVENT_NAMES, 'webhook.test']);
  });

  it.each(TOLD_TYPES)('shows the message of %s as it is sent', async type => {
    const body = await bodyOf(type, 'meetings');
    expect(webhookName(exampleOf(type))).toBe(body.event);
    expect(shown.find(({ event }) => event === body.event)).toEqual(body);
  });

  it.each(['MeetingCreated', 'ParticipantJoined', 'MeetingRecordingStarted'])(
    'shows what Jitsi’s receivers get of %s',
    async type => {
      const body = await bodyOf(type, 'jitsi');
      const jitsi = page.slice(page.indexOf('## In Jitsi'));
      expect(jitsi.replaceAll(/\s/g, '')).toContain(JSON.stringify(body).replaceAll(/\s/g, ''));
    },
  );

  it('tells the pauses between attempts', () => {
    const hours = (ms: number): string =>
      ms < 60_000 ? `${ms / 1000} s` : ms < 3_600_000 ? `${ms / 60_000} min` : `${ms / 3_600_000} h`;
    expect(page.replaceAll(/\s+/g, ' ')).toContain(RETRY_PAUSES.map(hours).join(', '));
  });
});

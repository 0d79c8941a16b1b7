import { type AnyEvent, Meeting, streamOf, upcast, type WebhookFormat } from '#libs/domain';
import type { EventLog, RecordedEvent } from '#libs/event-log';
import { jitsiMessage } from './jitsi-message.js';
import type { WebhookMessage } from './webhook-message.js';
import { webhookName, webhookWords } from './webhook-words.js';

/** How long a meeting was, and how many people were in it at some time. */
const lookingBack = async (
  log: Pick<EventLog, 'readStream'>,
  meetingId: string,
  { revision, time }: RecordedEvent,
): Promise<object> => {
  let startedAt = time;
  const people = new Set<string>();
  for await (const event of log.readStream(streamOf(Meeting, meetingId), { from: 0, limit: revision })) {
    const known = event as unknown as AnyEvent;
    if (known.type === 'MeetingStarted') startedAt = known.data.startedAt;
    if (known.type === 'ParticipantJoined') people.add(known.data.userId);
  }
  const minutes = Math.round((Date.parse(time) - Date.parse(startedAt)) / 60_000);
  return { duration_minutes: minutes, participant_count: people.size };
};

/**
 * The body of the message that tells of an event: always the same for the same event, but for texts of a user who was erased
 * since. JSON that a receiver may parse and write again without changing it, as Jitsi's example of a check does.
 */
export const webhookBody = async (
  log: Pick<EventLog, 'readStream'>,
  recorded: RecordedEvent,
  format: WebhookFormat,
): Promise<string> => {
  const event = upcast(recorded) as unknown as AnyEvent & RecordedEvent;
  const { meetingId } = event.data as { meetingId: string };
  const ended = event.type === 'MeetingEnded' ? await lookingBack(log, meetingId, recorded) : {};
  const message: WebhookMessage = {
    event: webhookName(event) ?? event.type,
    meeting_id: meetingId,
    data: { ...webhookWords(event), ...ended },
    timestamp: event.time,
  };
  return JSON.stringify(format === 'jitsi' ? jitsiMessage(message, event) : message);
};

/** The message that an administrator has sent to see whether it arrives. */
export const testBody = (endpointId: string, format: WebhookFormat, timestamp: string): string => {
  const data = { endpoint_id: endpointId };
  const message: WebhookMessage = { event: 'webhook.test', meeting_id: '', data, timestamp };
  return JSON.stringify(format === 'jitsi' ? jitsiMessage(message) : message);
};

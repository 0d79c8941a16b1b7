import type { AnyEvent } from '#libs/domain';
import type { WebhookMessage } from './webhook-message.js';

const camelCase = (name: string): string =>
  name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());

const camelCased = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(camelCased);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [camelCase(name), camelCased(inner)]),
  );
};

/** The data of the messages that Jitsi's document shows; its other words follow from ours. */
const documented = (event: AnyEvent | undefined): object | undefined => {
  switch (event?.type) {
    case 'MeetingCreated':
      return { name: event.data.title, creator: event.data.hostUserId };
    case 'ParticipantJoined': {
      const { participantId, displayName, email } = event.data;
      return { participantId, displayName, email };
    }
    case 'MeetingRecordingStarted':
      return { recordingId: event.data.recordingId, initiator: event.data.startedBy };
    default:
      return undefined;
  }
};

/**
 * A message in Jitsi's words: a meeting is a conference, named in the data, and names are in camel case. Who created or
 * recorded something is named by user id, where Jitsi's example has an e-mail address.
 */
export const jitsiMessage = (message: WebhookMessage, event?: AnyEvent): object => ({
  event: message.event.replace(/^meeting\./, 'conference.'),
  timestamp: message.timestamp,
  data: {
    ...(message.meeting_id && { conferenceId: message.meeting_id }),
    ...(documented(event) ?? (camelCased(message.data) as object)),
  },
});

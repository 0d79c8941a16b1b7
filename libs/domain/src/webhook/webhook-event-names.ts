/** What a webhook endpoint can be told of, in the order in which docs/WEBHOOKS.md shows it. */
export const WEBHOOK_EVENT_NAMES = [
  'meeting.created',
  'meeting.started',
  'meeting.ended',
  'meeting.cancelled',
  'participant.waiting',
  'participant.joined',
  'participant.left',
  'participant.role_changed',
  'recording.started',
  'recording.stopped',
  'recording.completed',
  'recording.failed',
  'chat.message',
  'breakout_rooms.opened',
  'breakout_rooms.closed',
  'security_policy.applied',
] as const;
export type WebhookEventName = (typeof WEBHOOK_EVENT_NAMES)[number];

/** What was said is sent only to endpoints that name it: "all events" is chosen without a thought of people's words. */
const BY_NAME_ALONE: ReadonlySet<WebhookEventName> = new Set(['chat.message']);

/** Whether an endpoint with these subscriptions is told of an event; no subscriptions mean all but what must be named. */
export const isSubscribed = (events: readonly string[], name: WebhookEventName): boolean =>
  events.includes(name) || (events.length === 0 && !BY_NAME_ALONE.has(name));

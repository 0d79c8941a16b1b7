import type { AnyEvent } from '../any-event.js';

/** The event as hosts and analysts may see it: without the meeting's password hash or the address of a webhook. */
export const publicEvent = <E extends AnyEvent>(event: E): E => {
  if (event.type === 'WebhookEndpointCreated' || event.type === 'WebhookEndpointChanged') {
    const { url: _secret, ...data } = event.data;
    return { ...event, data };
  }
  if (event.type !== 'MeetingCreated' && event.type !== 'SecurityPolicyApplied') return event;
  const { passwordHash: _secret, ...settings } = event.data.settings;
  return { ...event, data: { ...event.data, settings } };
};

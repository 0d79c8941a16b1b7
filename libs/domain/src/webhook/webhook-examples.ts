import type { Told } from '../event-description.js';
import type { WebhookEvent } from './webhook-events.js';

const endpointId = '01KAYC6S8U1W3Y5B7D9F2H4K6N';
const target = {
  host: 'hooks.example.org',
  events: ['meeting.started', 'meeting.ended'],
  description: 'Tells the calendar',
};

/** One event of each type, as EVENT_EXAMPLES has them. */
export const WEBHOOK_EXAMPLES: { readonly [Type in WebhookEvent['type']]: Told<Type> } = {
  WebhookEndpointCreated: [
    '2026-11-23T08:00:00.012Z',
    'ada',
    {
      endpointId,
      ...target,
      format: 'meetings',
      createdBy: 'ada',
      createdAt: '2026-11-23T08:00:00.012Z',
    },
  ],
  WebhookSecretRotated: [
    '2026-11-23T08:02:11.480Z',
    'ada',
    { endpointId, generation: 1, rotatedBy: 'ada', rotatedAt: '2026-11-23T08:02:11.480Z' },
  ],
  WebhookEndpointDisabled: [
    '2026-11-24T11:14:05.907Z',
    'system',
    { endpointId, reason: 'failing', disabledBy: 'system', disabledAt: '2026-11-24T11:14:05.907Z' },
  ],
  WebhookEndpointChanged: [
    '2026-11-24T12:30:00.333Z',
    'ada',
    { endpointId, ...target, changedBy: 'ada', changedAt: '2026-11-24T12:30:00.333Z' },
  ],
  WebhookEndpointEnabled: [
    '2026-11-24T12:30:00.333Z',
    'ada',
    { endpointId, enabledBy: 'ada', enabledAt: '2026-11-24T12:30:00.333Z' },
  ],
  WebhookEndpointRemoved: [
    '2026-12-18T15:00:00.750Z',
    'ada',
    { endpointId, removedBy: 'ada', removedAt: '2026-12-18T15:00:00.750Z' },
  ],
};

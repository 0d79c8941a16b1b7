const ENDPOINT_ID = '01KAYC6S8U1W3Y5B7D9F2H4K6N';

const ENDPOINT = {
  endpoint_id: ENDPOINT_ID,
  url: 'https://hooks.example.org/parley',
  events: ['meeting.started', 'meeting.ended'],
  format: 'meetings',
  description: 'Tells the calendar',
  status: 'enabled',
  disabled_reason: null,
  disabled_at: null,
  secret_rotated_at: null,
  created_by: 'root',
  created_at: '2026-11-22T10:00:00.000Z',
};
const WAITING = { configured: false, pending: 0, first_undelivered_position: null };

export const ENDPOINT_WITH_SECRET = {
  ...ENDPOINT,
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=',
};
export const ENDPOINT_IN_FULL = { ...ENDPOINT, ...WAITING, secret: ENDPOINT_WITH_SECRET.secret };
export const CHANGED_ENDPOINT = ENDPOINT;
export const ENDPOINTS = { webhooks: [{ ...ENDPOINT, ...WAITING }] };

export const SENT_TEST = {
  webhook_id: 'msg_01KAYC7T9V2X4Z6C8E1G3J5M7P',
  delivered: true,
  status: 204,
  error: null,
  duration_ms: 38,
};

export const DELIVERIES = {
  deliveries: [
    {
      delivery_id: 'msg_01KAYBEVENT00000000000042A',
      event: 'meeting.started',
      meeting_id: '01KAYB0Q4M7T5C9W2E8R6Y3D1F',
      position: 1042,
      status: 'pending',
      attempts: 1,
      last_attempt_at: '2026-11-22T10:00:02.402Z',
      last_status: 503,
      last_error: 'the receiver answered 503',
      duration_ms: 61,
      next_attempt_at: '2026-11-22T10:00:07.688Z',
      queued_at: '2026-11-22T10:00:02.341Z',
    },
  ],
  next_before: null,
};

export const REDELIVERING = { delivery_id: null, from_position: 1042, until_position: 2210 };

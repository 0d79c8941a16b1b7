import { Counter, Gauge, Histogram } from 'prom-client';
import { registry } from '../platform/metrics.js';

const registers = [registry];

export const attemptsTotal = new Counter({
  name: 'parley_webhook_attempts_total',
  help: 'Attempts to deliver a webhook, by what followed: delivered, retried or failed',
  labelNames: ['outcome'],
  registers,
});
export const attemptDuration = new Histogram({
  name: 'parley_webhook_attempt_duration_seconds',
  help: 'Time that receivers of webhooks take to answer',
  buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
  registers,
});
export const pendingDeliveries = new Gauge({
  name: 'parley_webhook_deliveries_pending',
  help: 'Deliveries of webhooks that wait to be sent, or sent again',
  registers,
});

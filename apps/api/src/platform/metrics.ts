import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What `GET /metrics` shows, in Prometheus' text format. */
export const registry = new Registry();
collectDefaultMetrics({ register: registry, prefix: 'parley_' });

const registers = [registry];

export const commandsTotal = new Counter({
  name: 'parley_commands_total',
  help: 'Commands carried out, by type',
  labelNames: ['command'],
  registers,
});
export const httpDuration = new Histogram({
  name: 'parley_http_request_duration_seconds',
  help: 'Time to answer an HTTP request, by route and status',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers,
});
export const signallingSockets = new Gauge({
  name: 'parley_signalling_sockets',
  help: 'Open signalling connections',
  registers,
});
export const signallingMessages = new Counter({
  name: 'parley_signalling_messages_total',
  help: 'Messages received over signalling connections, by message and outcome',
  labelNames: ['message', 'outcome'],
  registers,
});
export const rawSockets = new Gauge({
  name: 'parley_raw_sockets',
  help: 'Open raw WebSocket connections, by route',
  labelNames: ['route'],
  registers,
});
export const mediaRequestDuration = new Histogram({
  name: 'parley_media_request_duration_seconds',
  help: 'Time for a media worker to answer a request, by operation',
  labelNames: ['operation'],
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5],
  registers,
});
export const factsTotal = new Counter({
  name: 'parley_facts_total',
  help: 'Facts received from media workers and recorders, by type',
  labelNames: ['type'],
  registers,
});
export const projectionLag = new Gauge({
  name: 'parley_projection_lag_events',
  help: 'How far the read models are behind the log, in log positions',
  registers,
});

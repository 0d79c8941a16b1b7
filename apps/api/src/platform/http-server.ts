import type { IncomingMessage } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { ulid } from 'ulid';
import { httpDuration } from './metrics.js';

const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;
/** Bytes of a request's body. */
const BODY_LIMIT = 64 * 1024;

const CONTENT_SECURITY = [
  "default-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self' ws: wss:",
  "frame-ancestors 'self'",
  "base-uri 'none'",
  "object-src 'none'",
].join('; ');

/** Fastify with request ids, one log line per answer without query strings (they can hold signatures), and safe headers. */
export const httpAdapter = (logger: Logger): FastifyAdapter =>
  new FastifyAdapter({
    loggerInstance: logger as never,
    disableRequestLogging: true,
    bodyLimit: BODY_LIMIT,
    requestIdHeader: false,
    genReqId: (request: IncomingMessage) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : `req_${ulid()}`;
    },
    routerOptions: { maxParamLength: 256 },
  });

export const installHooks = (fastify: FastifyInstance): void => {
  fastify.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'x-request-id': request.id,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'content-security-policy': CONTENT_SECURITY,
    });
  });
  fastify.addHook('onResponse', async (request, reply) => {
    const { method } = request;
    const { statusCode: status } = reply;
    const route = request.routeOptions.url ?? 'none';
    httpDuration.observe({ method, route, status: String(status) }, reply.elapsedTime / 1000);
    const level = route === '/health' || route === '/metrics' ? 'trace' : status >= 500 ? 'error' : 'info';
    request.log[level](
      {
        method,
        route,
        path: request.url.split('?', 1)[0],
        status,
        ms: Math.round(reply.elapsedTime * 10) / 10,
      },
      'request',
    );
  });
};

import type { IncomingMessage } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { Logger } from 'pino';
import { httpDuration } from './metrics.js';
import { internalRefusal, knownRefusal, type Refusal } from './refusal.js';
import { newRequestId } from './request-context.js';

const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;
export const isOwnId = (id: unknown): id is string => typeof id === 'string' && /^[0-9A-Z]{26}$/.test(id);
/** Bytes of a request's body. */
const BODY_LIMIT = 64 * 1024;

/** The client's own id of a request, where it is harmless; else a new one. */
export const requestIdOf = (request: IncomingMessage): string => {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : newRequestId();
};

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

export const safeHeaders = (requestId: string): Record<string, string> => ({
  'x-request-id': requestId,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'content-security-policy': CONTENT_SECURITY,
});

/**
 * Fastify with request ids. Whoever sends a request is who the connection comes from, unless that is a proxy to trust:
 * only such a one is believed what it says in `X-Forwarded-*`.
 * @param body of the answer to what is no request that any route could take, such as a broken address
 * @param trustedProxies addresses and networks (CIDR)
 */
export const httpAdapter = (
  logger: Logger,
  body: (refusal: Refusal, requestId: string) => unknown,
  trustedProxies: readonly string[] = [],
): FastifyAdapter =>
  new FastifyAdapter({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      const known = knownRefusal(error);
      if (!known) request.log.error({ err: error }, 'request failed');
      const refusal = known ?? internalRefusal;
      void reply.status(refusal.status).headers(safeHeaders(request.id)).send(body(refusal, request.id));
    },
    bodyLimit: BODY_LIMIT,
    requestIdHeader: false,
    genReqId: requestIdOf,
    routerOptions: { maxParamLength: 256 },
  });

/** Safe headers, a measurement and one log line for each answer; the address stays out of it, since it can name people or hold a signature. */
export const installHooks = (fastify: FastifyInstance): void => {
  fastify.addHook('onRequest', async (request, reply) => {
    reply.headers(safeHeaders(request.id));
  });
  fastify.addHook('onResponse', async (request, reply) => {
    const { method } = request;
    const { statusCode: status } = reply;
    const route = request.routeOptions.url ?? 'none';
    httpDuration.observe({ method, route, status: String(status) }, reply.elapsedTime / 1000);
    // A fault of our own is told where it is caught; a refusal is none, be it for want of something.
    const level = route === '/health' || route === '/metrics' ? 'trace' : status >= 500 ? 'warn' : 'info';
    const { id } = (request.params ?? {}) as { id?: unknown };
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    // Ids of meetings and recordings are Parley's own; the other parameters are people's words.
    request.log[level]({ method, route, ...(isOwnId(id) && { id }), status, ms }, 'request');
  });
};

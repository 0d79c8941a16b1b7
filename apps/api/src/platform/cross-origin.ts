import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { foreignPage, type PageOrigins } from './page-origins.js';
import { internalRefusal, knownRefusal, type Refusal } from './refusal.js';

/** Seconds for which a browser may remember that it may ask. */
const REMEMBERED = 600;

/** Headers of requests that pages may set. */
const REQUEST_HEADERS = [
  'authorization',
  'content-type',
  'idempotency-key',
  'last-event-id',
  'x-request-id',
] as const;

/** Headers of answers that pages may read. */
const ANSWER_HEADERS = [
  'retry-after',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
  'x-request-id',
] as const;

/**
 * Lets pages of allowed sites call the API (CORS, as the Fetch standard has it). Without cookies: who asks is told by the
 * token alone. A browser that asks for any other page is refused with 403; an answer to a request that needs no asking
 * does not say that the page may read it.
 * @param body of the refusal
 */
export const serveOtherSites = (
  app: NestFastifyApplication,
  pages: PageOrigins,
  body: (refusal: Refusal, requestId: string) => unknown,
): void => {
  app.enableCors({
    origin: (origin, decide) => decide(null, pages.allows(origin)),
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
    allowedHeaders: [...REQUEST_HEADERS],
    exposedHeaders: [...ANSWER_HEADERS],
    maxAge: REMEMBERED,
    // An OPTIONS that asks for nothing is no fault.
    strictPreflight: false,
  });
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', async ({ method, headers, id }, reply) => {
    if (pages.admits(headers)) return;
    if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) return;
    const refusal = knownRefusal(foreignPage()) ?? internalRefusal;
    return reply.status(refusal.status).send(body(refusal, id));
  });
};

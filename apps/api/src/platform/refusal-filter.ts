import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { internalRefusal, knownRefusal, type Refusal } from './refusal.js';

/** Answers every error of a dialect's controllers; the dialect only says how the body looks. */
@Catch()
export abstract class RefusalFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const known = knownRefusal(error);
    if (!known) request.log.error({ err: error }, 'request failed');
    const refusal = known ?? internalRefusal;
    if (refusal.retryAfter) reply.header('retry-after', String(refusal.retryAfter));
    reply.status(this.status(refusal)).send(this.body(refusal, request.id));
  }

  protected status(refusal: Refusal): number {
    return refusal.status;
  }

  protected abstract body(refusal: Refusal, requestId: string): unknown;
}

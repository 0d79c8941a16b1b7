import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { DomainError, type Principal } from '#libs/domain';
import type { FastifyRequest } from 'fastify';
import type { RequestContext } from '../platform/request-context.js';

const LONGEST_KEY = 255;

/** The parameter of a controller's method that says who asks, under which request id and idempotency key. */
export const Context = createParamDecorator((_data: unknown, execution: ExecutionContext): RequestContext => {
  const request = execution.switchToHttp().getRequest<FastifyRequest & { user: Principal }>();
  const key = request.headers['idempotency-key'];
  if (key !== undefined && (typeof key !== 'string' || key === '' || key.length > LONGEST_KEY)) {
    throw new DomainError('VALIDATION_FAILED', {
      'Idempotency-Key': `must have 1 to ${LONGEST_KEY} characters`,
    });
  }
  return { by: request.user, requestId: request.id, ...(key && { idempotencyKey: key }) };
});

import { newUlid } from '#libs/actors';
import type { Principal } from '#libs/domain';

/** What a command needs to know of the request that led to it. */
export interface RequestContext {
  readonly by: Principal;
  /** Becomes the correlation id of all events that the request causes. */
  readonly requestId: string;
  /** From the `Idempotency-Key` header: a repeat of the request changes nothing and answers the same. */
  readonly idempotencyKey?: string;
}

/** For a request that brings no id of its own. */
export const newRequestId = (): string => `req_${newUlid()}`;

/** Of a message over a socket, each of which is a request of its own. */
export const contextOf = (by: Principal): RequestContext => ({ by, requestId: newRequestId() });

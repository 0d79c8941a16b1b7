import { DomainError } from '#libs/domain';
import type { Event } from 'socket.io';
import { signallingMessages } from '../../../platform/metrics.js';
import { knownRefusal, internalRefusal } from '../../../platform/refusal.js';
import { newRequestId } from '../../../platform/request-context.js';
import { TokenBucket } from '../../../platform/token-bucket.js';
import { platformError } from '../platform-error.js';
import type { SignallingSocket } from './signalling-session.js';

/** Messages of one connection. The burst is what a join to a meeting of a hundred takes: four for each who is there. */
const PER_SECOND = 50;
const BURST = 500;

/**
 * Answers messages that have no handler, and those beyond a connection's limit, in their handlers' stead: every message
 * that asks for an acknowledgement gets one.
 */
export const guardMessages = (socket: SignallingSocket): void => {
  const bucket = new TokenBucket(PER_SECOND, BURST, performance.now());
  const refuse = (event: Event, error: DomainError, aloud: boolean): void => {
    signallingMessages.inc({ message: 'any', outcome: 'refused' });
    const body = platformError(knownRefusal(error) ?? internalRefusal, newRequestId());
    const last: unknown = event.at(-1);
    const acknowledge = typeof last === 'function' ? (last as (answer: object) => void) : undefined;
    if (acknowledge) acknowledge({ success: false, error: body });
    else if (aloud) socket.emit('error', body);
  };
  let told = false;
  socket.use((event, next) => {
    const now = performance.now();
    if (!bucket.take(now)) {
      const retry_after = Math.ceil(bucket.waitSeconds(now));
      // Who asks for no acknowledgements is told once: an answer to each would double the flood.
      refuse(
        event,
        new DomainError('RATE_LIMIT_EXCEEDED', { limit: PER_SECOND, window: 1, retry_after }),
        !told,
      );
      told = true;
      return;
    }
    told = false;
    const [name] = event;
    // `error` has a listener of Socket.IO's own.
    if (name === 'error' || socket.listenerCount(name) === 0) {
      refuse(
        event,
        new DomainError('NOT_FOUND', { message: String(name).slice(0, 64) }, 'There is no such message'),
        true,
      );
      return;
    }
    next();
  });
};

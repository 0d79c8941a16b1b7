import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { catchError, map, type Observable, of } from 'rxjs';
import { InjectLogger, type Logger } from '../../../platform/logger.js';
import { signallingMessages } from '../../../platform/metrics.js';
import { internalRefusal, knownRefusal } from '../../../platform/refusal.js';
import { newRequestId } from '../../../platform/request-context.js';
import { platformError } from '../platform-error.js';
import type { SignallingSocket } from './signalling-session.js';

/** Turns what a handler returns or throws into the acknowledgement; pushes `error` where the client asked for none. */
@Injectable()
export class Acknowledge implements NestInterceptor {
  constructor(@InjectLogger() private readonly logger: Logger) {}

  intercept(context: ExecutionContext, next: CallHandler<object | void>): Observable<object> {
    const message = context.switchToWs().getPattern();
    return next.handle().pipe(
      map(fields => {
        signallingMessages.inc({ message, outcome: 'ok' });
        return { success: true, ...fields };
      }),
      catchError((error: unknown) => {
        const requestId = newRequestId();
        const known = knownRefusal(error);
        if (!known) this.logger.error({ err: error, reqId: requestId, message }, 'signalling message failed');
        signallingMessages.inc({ message, outcome: known ? 'refused' : 'failed' });
        const body = platformError(known ?? internalRefusal, requestId);
        const acknowledged = typeof context.getArgByIndex<unknown>(2) === 'function';
        if (!acknowledged) context.switchToWs().getClient<SignallingSocket>().emit('error', body);
        return of({ success: false, error: body });
      }),
    );
  }
}

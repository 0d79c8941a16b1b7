import { DomainError, type ErrorCode } from '#libs/domain';
import { errors } from 'mediasoup';

/** Refuses with `MEDIA_FAILED` and a reason that the client is shown. */
export const mediaFailed = (reason: string): DomainError => new DomainError('MEDIA_FAILED', { reason });

/** Runs a step of negotiation on parameters that a client sent: whatever mediasoup has against them is a refusal. */
export const negotiated = async <T>(step: () => T | Promise<T>): Promise<T> => {
  try {
    return await step();
  } catch (error) {
    throw error instanceof DomainError ? error : mediaFailed((error as Error).message);
  }
};

/** The same for something that may end of itself at any moment, before its end is known here: then it is `missing`. */
export const negotiatedWith = <T>(
  missing: ErrorCode,
  details: Record<string, string>,
  step: () => Promise<T>,
): Promise<T> =>
  negotiated(() =>
    step().catch((error: Error) => {
      throw error instanceof errors.NotFoundError ? new DomainError(missing, details) : error;
    }),
  );

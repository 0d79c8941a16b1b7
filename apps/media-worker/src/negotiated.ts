import { DomainError } from '#libs/domain';

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

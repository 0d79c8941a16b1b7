import { DomainError } from '#libs/domain';
import type { LogUnavailable } from '#libs/event-log';

/** What is told to whoever asked while the log cannot be reached. */
export const unavailable = (cause: LogUnavailable): DomainError =>
  Object.assign(new DomainError('UNAVAILABLE'), { cause });

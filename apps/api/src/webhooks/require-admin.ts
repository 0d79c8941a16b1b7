import { DomainError, isAdmin, type Principal } from '#libs/domain';

/** @throws DomainError INSUFFICIENT_PERMISSION for everybody else, before they learn what there is. */
export const requireAdmin = (by: Principal): void => {
  if (!isAdmin(by)) throw new DomainError('INSUFFICIENT_PERMISSION', {}, 'Webhooks are for the role admin');
};

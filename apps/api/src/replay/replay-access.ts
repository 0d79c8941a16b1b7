import { DomainError, isAdmin, type MeetingState, type Principal } from '#libs/domain';

const isAnalyst = (principal: Principal): boolean =>
  isAdmin(principal) || principal.roles.includes('analyst');

/** @throws DomainError INSUFFICIENT_PERMISSION for whoever may not look at the whole log. */
export const requireAnalyst = (principal: Principal): void => {
  if (!isAnalyst(principal))
    throw new DomainError('INSUFFICIENT_PERMISSION', {}, 'The log is for the roles analyst and admin');
};

/** @throws DomainError INSUFFICIENT_PERMISSION for whoever may not replay this meeting. */
export const requireReplay = (meeting: MeetingState, principal: Principal): void => {
  if (!isAnalyst(principal) && principal.userId !== meeting.hostUserId)
    throw new DomainError('INSUFFICIENT_PERMISSION', {}, 'Replay is for the host and for the role analyst');
};

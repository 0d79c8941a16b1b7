import type { Aggregate, DomainEvent } from '../aggregate.js';
import { DomainError } from '../domain-error.js';
import type { IsoTime } from '../field-types.js';
import { isAdmin, type Issued, SYSTEM } from '../principal.js';

/**
 * The key that opened this user's personal data in all earlier events was to be destroyed.
 * @by the user or an administrator
 */
export type UserErased = DomainEvent<
  'UserErased',
  {
    /** Id of the user whose data were erased; the id itself stays. */
    readonly userId: string;
    /** User id of who asked for it. */
    readonly erasedBy: string;
    /** When it was asked for. */
    readonly erasedAt: IsoTime;
  }
>;
/**
 * What happened to a user's personal data, in whatever meeting they are.
 * @stream user-<userId>
 */
export type UserEvent = UserErased;

export interface EraseUser extends Issued {
  readonly type: 'EraseUser';
  readonly userId: string;
}

export interface UserState {
  /** How often; who comes back after an erasure may be erased again. */
  readonly erasures: number;
}

/** A user of whom personal data stand in the log; the id is the user's. */
export const User: Aggregate<UserState, EraseUser, UserEvent> = {
  name: 'user',
  initial: { erasures: 0 },
  decide: (_state, { userId, by, at }) => {
    if (by.userId !== userId && !isAdmin(by)) {
      throw new DomainError(
        'INSUFFICIENT_PERMISSION',
        {},
        'Only the user and administrators may erase a user',
      );
    }
    if (userId === SYSTEM.userId) throw new DomainError('VALIDATION_FAILED', { user_id: 'is Parley itself' });
    return [{ type: 'UserErased', data: { userId, erasedBy: by.userId, erasedAt: at } }];
  },
  evolve: (state, event) => (event.type === 'UserErased' ? { erasures: state.erasures + 1 } : state),
};

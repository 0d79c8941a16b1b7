import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError, User } from '#libs/domain';
import { LogUnavailable } from '#libs/event-log';
import { Aggregates } from '../platform/aggregates.js';
import type { RequestContext } from '../platform/request-context.js';
import { ErasedUsers } from './erased-users.js';
import { ErasureLimit } from './erasure-limit.js';

/** Erases the personal data of a user, whether or not there are any; done when nothing of them can be read any more. */
export class EraseUser extends Command<void> {
  constructor(
    readonly userId: string,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@CommandHandler(EraseUser)
export class EraseUserHandler implements ICommandHandler<EraseUser> {
  constructor(
    private readonly limit: ErasureLimit,
    private readonly aggregates: Aggregates,
    private readonly erasedUsers: ErasedUsers,
  ) {}

  async execute({ userId, context }: EraseUser): Promise<void> {
    await this.limit.take(context.by);
    const { events } = await this.aggregates.run(User, userId, { type: 'EraseUser', userId }, context);
    try {
      for (const event of events) await this.erasedUsers.carryOut(event);
    } catch (error) {
      if (!(error instanceof LogUnavailable)) throw error;
      // The follower tries it again.
      throw Object.assign(new DomainError('UNAVAILABLE'), { cause: error });
    }
  }
}

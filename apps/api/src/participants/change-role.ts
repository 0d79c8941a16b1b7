import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Meeting, type MeetingRole, type MeetingState } from '#libs/domain';
import { Aggregates } from '../platform/aggregates.js';
import type { RequestContext } from '../platform/request-context.js';

/** Gives a participant another role, as host; `host` hands the host's role over. */
export class ChangeRole extends Command<MeetingState> {
  constructor(
    readonly meetingId: string,
    readonly userId: string,
    readonly role: MeetingRole,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@CommandHandler(ChangeRole)
export class ChangeRoleHandler implements ICommandHandler<ChangeRole> {
  constructor(private readonly aggregates: Aggregates) {}

  execute({ meetingId, userId, role, context }: ChangeRole): Promise<MeetingState> {
    return this.aggregates.execute(Meeting, meetingId, { type: 'ChangeRole', userId, role }, context);
  }
}

import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isAdmin, Meeting, type MeetingSettings, type MeetingState } from '#libs/domain';
import { hashPassword, passwordMatches } from '../auth/password-hash.js';
import { Aggregates } from '../platform/aggregates.js';
import type { RequestContext } from '../platform/request-context.js';

export interface PolicyChanges {
  /** What is allowed from now on; what is not named stays. */
  readonly settings: Partial<Omit<MeetingSettings, 'passwordHash'>>;
  readonly passwordRequired?: boolean;
  /** In clear; needed when the meeting has none and one is required. */
  readonly password?: string;
}

/** Changes what is allowed in a meeting, for those who come and those who are in. */
export class ApplyPolicy extends Command<MeetingState> {
  constructor(
    readonly meetingId: string,
    readonly changes: PolicyChanges,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@CommandHandler(ApplyPolicy)
export class ApplyPolicyHandler implements ICommandHandler<ApplyPolicy> {
  constructor(private readonly aggregates: Aggregates) {}

  async execute({ meetingId, changes, context }: ApplyPolicy): Promise<MeetingState> {
    const { settings, passwordRequired, password } = changes;
    const { hostUserId, settings: old } = await this.aggregates.state(Meeting, meetingId);
    // Nobody else's password is tried: how long that takes would tell whether it fits.
    const isHost = context.by.userId === hostUserId || isAdmin(context.by);
    const passwordHash = isHost && password !== undefined && (await this.newHash(password, old.passwordHash));
    return this.aggregates.execute(
      Meeting,
      meetingId,
      {
        type: 'ApplySecurityPolicy',
        changes: settings,
        ...(passwordRequired !== undefined && { passwordRequired }),
        ...(passwordHash && { passwordHash }),
      },
      context,
    );
  }

  /** Each hash has a salt of its own: the same password again would look like another one. */
  private async newHash(password: string, before: string | undefined): Promise<string | undefined> {
    return before && (await passwordMatches(password, before)) ? undefined : hashPassword(password);
  }
}

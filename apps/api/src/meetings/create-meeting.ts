import { randomInt } from 'node:crypto';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  DEFAULT_SETTINGS,
  DomainError,
  Meeting,
  type MeetingSettings,
  type MeetingState,
} from '#libs/domain';
import { hashPassword } from '../auth/password-hash.js';
import { Aggregates } from '../platform/aggregates.js';
import { newId } from '../platform/new-id.js';
import type { RequestContext } from '../platform/request-context.js';

export interface NewMeeting {
  readonly meetingId?: string;
  readonly title: string;
  readonly description?: string;
  readonly scheduledStartTime?: string;
  readonly scheduledEndTime?: string;
  readonly settings: Partial<Omit<MeetingSettings, 'passwordHash'>>;
  readonly password?: string;
  /** Opens the meeting at once instead of leaving that to its host. */
  readonly startNow?: boolean;
}

export class CreateMeeting extends Command<MeetingState> {
  constructor(
    readonly meeting: NewMeeting,
    readonly context: RequestContext,
  ) {
    super();
  }
}

/** Nine digits for people to read out, as `123-456-789`. */
const meetingNumber = (): string =>
  String(randomInt(100_000_000, 1_000_000_000)).replace(/(...)(...)(...)/, '$1-$2-$3');

@CommandHandler(CreateMeeting)
export class CreateMeetingHandler implements ICommandHandler<CreateMeeting> {
  constructor(private readonly aggregates: Aggregates) {}

  async execute({ meeting, context }: CreateMeeting): Promise<MeetingState> {
    const { meetingId = newId('meeting', context), password, settings, startNow = false, ...rest } = meeting;
    const { scheduledStartTime, scheduledEndTime } = meeting;
    if (
      scheduledStartTime &&
      scheduledEndTime &&
      Date.parse(scheduledEndTime) <= Date.parse(scheduledStartTime)
    ) {
      throw new DomainError('VALIDATION_FAILED', {
        scheduled_end_time: 'must be after scheduled_start_time',
      });
    }
    return this.aggregates.execute(
      Meeting,
      meetingId,
      {
        type: 'CreateMeeting',
        ...rest,
        startNow,
        meetingId,
        meetingNumber: meetingNumber(),
        settings: {
          ...DEFAULT_SETTINGS,
          ...settings,
          ...(password && { passwordHash: await hashPassword(password) }),
        },
      },
      context,
    );
  }
}

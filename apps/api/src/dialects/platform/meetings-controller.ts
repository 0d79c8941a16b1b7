import { Body, Controller, Get, Inject, Param, Post, UseFilters } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Config } from '#libs/config';
import { type Permission, DomainError, moderates } from '#libs/domain';
import { Context } from '../../auth/request-context-param.js';
import { CreateMeeting } from '../../meetings/create-meeting.js';
import { GetMeeting, isMember } from '../../meetings/get-meeting.js';
import { MeetingPath } from '../../meetings/meeting-id.js';
import { inUtc } from '../../platform/instant.js';
import type { RequestContext } from '../../platform/request-context.js';
import { CONFIG, publicUrl } from '../../platform/settings.js';
import { CreateMeetingBody } from './create-meeting-body.js';
import { createdMeetingView, meetingView } from './meeting-view.js';
import { PlatformErrorFilter } from './platform-error-filter.js';
import { CREATED_MEETING, MEETING_DETAILS } from './documented-answers.js';
import { PlatformAnswers } from './platform-answers.js';

/** This API only knows yes and no. */
const permission = (enabled: boolean | undefined, yes: Permission): Permission | undefined =>
  enabled === undefined ? undefined : enabled ? yes : 'none';

@ApiTags('Meetings')
@ApiBearerAuth()
@UseFilters(PlatformErrorFilter)
@Controller('api/v1/meetings')
export class PlatformMeetingsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post()
  @PlatformAnswers({ status: 201, description: 'The meeting was created', example: CREATED_MEETING })
  @ApiOperation({ summary: 'Create a meeting; whoever creates it is its host' })
  async create(@Body() body: CreateMeetingBody, @Context() context: RequestContext): Promise<unknown> {
    const { require_password, password } = body.settings ?? {};
    if (require_password && !password) {
      throw new DomainError('VALIDATION_FAILED', {
        'settings.password': 'is needed when require_password is true',
      });
    }
    const meeting = await this.commands.execute(
      new CreateMeeting(
        {
          title: body.title.trim(),
          ...(body.description && { description: body.description }),
          ...(body.scheduled_start_time && { scheduledStartTime: inUtc(body.scheduled_start_time) }),
          ...(body.scheduled_end_time && { scheduledEndTime: inUtc(body.scheduled_end_time) }),
          ...(require_password !== false && password && { password }),
          settings: this.settings(body),
        },
        context,
      ),
    );
    return createdMeetingView(meeting, this.joinUrl(meeting.meetingId));
  }

  @Get(':id')
  @PlatformAnswers({ description: 'The meeting as it is now', example: MEETING_DETAILS }, 'MEETING_NOT_FOUND')
  @ApiOperation({ summary: "A meeting's details; who is in it is shown to those who take part" })
  async get(@Param() { id }: MeetingPath, @Context() context: RequestContext): Promise<unknown> {
    const meeting = await this.queries.execute(new GetMeeting(id));
    return meetingView(meeting, this.joinUrl(id), {
      participants: isMember(meeting, context.by),
      emails: moderates(meeting, context.by),
    });
  }

  private joinUrl(meetingId: string): string {
    return `${publicUrl(this.config)}/m/${meetingId}`;
  }

  /** Only what was given: absent fields take the defaults. */
  private settings({ settings: given = {} }: CreateMeetingBody): CreateMeeting['meeting']['settings'] {
    return Object.fromEntries(
      Object.entries({
        maxParticipants: given.max_participants,
        waitingRoomEnabled: given.waiting_room_enabled,
        recordingPermission: permission(given.recording_enabled, 'host'),
        autoRecord: given.auto_record,
        chatPermission: permission(given.chat_enabled, 'all'),
        screenSharePermission: permission(given.screen_share_enabled, 'all'),
      }).filter(([, value]) => value !== undefined),
    );
  }
}

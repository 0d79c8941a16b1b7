import { Get, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import type { MeetingState } from '#libs/domain';
import { Context } from '../../auth/request-context-param.js';
import { CancelMeeting } from '../../meetings/cancel-meeting.js';
import { EndMeeting } from '../../meetings/end-meeting.js';
import { GetMeeting, requireMember } from '../../meetings/get-meeting.js';
import { MeetingPath } from '../../meetings/meeting-id.js';
import { StartMeeting } from '../../meetings/start-meeting.js';
import type { RequestContext } from '../../platform/request-context.js';
import { envelope } from './envelope.js';
import { MeetingsDialect } from './meetings-dialect.js';
import { minutesBetween } from './minutes-between.js';
import { CANCELLED, ENDED, STARTED, STATUS } from './documented-data.js';
import { MeetingsAnswers } from './meetings-answers.js';

const STATUS_WORD: Record<MeetingState['status'], string> = {
  none: 'none',
  scheduled: 'scheduled',
  active: 'in_progress',
  ended: 'ended',
  cancelled: 'cancelled',
};

@MeetingsDialect('Meetings', 'management')
export class LifecycleController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post('start')
  @HttpCode(200)
  @MeetingsAnswers(
    'Meeting started successfully',
    STARTED,
    'INSUFFICIENT_PERMISSION',
    'MEETING_ALREADY_ACTIVE',
    'MEETING_CANCELLED',
    'MEETING_ENDED',
  )
  @ApiOperation({ summary: 'Start a scheduled meeting (host only)' })
  async start(@Param() { id }: MeetingPath, @Context() context: RequestContext): Promise<unknown> {
    const meeting = await this.commands.execute(new StartMeeting(id, context));
    return envelope('Meeting started successfully', {
      meeting_id: id,
      started_by: context.by.userId,
      started_at: meeting.startedAt,
    });
  }

  @Post('end')
  @HttpCode(200)
  @MeetingsAnswers(
    'Meeting ended successfully',
    ENDED,
    'INSUFFICIENT_PERMISSION',
    'MEETING_NOT_ACTIVE',
    'MEETING_CANCELLED',
    'MEETING_ENDED',
  )
  @ApiOperation({ summary: 'End an active meeting (host only)' })
  async end(@Param() { id }: MeetingPath, @Context() context: RequestContext): Promise<unknown> {
    const { startedAt = '', endedAt = '' } = await this.commands.execute(new EndMeeting(id, context));
    return envelope('Meeting ended successfully', {
      meeting_id: id,
      ended_by: context.by.userId,
      ended_at: endedAt,
      duration_minutes: minutesBetween(startedAt, endedAt),
    });
  }

  @Post('cancel')
  @HttpCode(200)
  @MeetingsAnswers(
    'Meeting cancelled successfully',
    CANCELLED,
    'INSUFFICIENT_PERMISSION',
    'MEETING_ALREADY_ACTIVE',
    'MEETING_ENDED',
  )
  @ApiOperation({ summary: 'Call a planned meeting off (host only)' })
  async cancel(@Param() { id }: MeetingPath, @Context() context: RequestContext): Promise<unknown> {
    const { cancelledBy, cancelledAt } = await this.commands.execute(new CancelMeeting(id, context));
    return envelope('Meeting cancelled successfully', {
      meeting_id: id,
      cancelled_by: cancelledBy,
      cancelled_at: cancelledAt,
    });
  }

  @Get('status')
  @MeetingsAnswers('Meeting status retrieved successfully', STATUS, 'INSUFFICIENT_PERMISSION')
  @ApiOperation({ summary: "The meeting's current status" })
  async status(@Param() { id }: MeetingPath, @Context() context: RequestContext): Promise<unknown> {
    const meeting = await this.queries.execute(new GetMeeting(id));
    requireMember(meeting, context.by);
    return envelope('Meeting status retrieved successfully', {
      meeting_id: id,
      status: STATUS_WORD[meeting.status],
      is_active: meeting.status === 'active',
      started_at: meeting.startedAt ?? null,
      ended_at: meeting.endedAt ?? null,
      attendance_count: meeting.attendance.length,
      is_recording: meeting.recordingId !== undefined,
      active_participants: Object.keys(meeting.roster).length,
    });
  }
}

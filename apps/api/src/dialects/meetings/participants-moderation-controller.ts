import { Body, Delete, Param, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Context } from '../../auth/request-context-param.js';
import { ChangeRole } from '../../participants/change-role.js';
import { LeaveMeeting } from '../../participants/leave-meeting.js';
import { QuietenParticipant } from '../../participants/quieten-participant.js';
import { UpdateStatus } from '../../participants/update-status.js';
import { LimitedBy } from '../../platform/rate-limits/limited-by.js';
import type { RequestContext } from '../../platform/request-context.js';
import { OTHERS_STATUS, REMOVED, ROLE } from './documented-data.js';
import { envelope } from './envelope.js';
import { MeetingsAnswers } from './meetings-answers.js';
import { MeetingsDialect } from './meetings-dialect.js';
import { minutesBetween } from './minutes-between.js';
import { RoleBody } from './role-body.js';
import { StatusBody } from './status-body.js';
import { statusChange, statusView } from './status-view.js';
import { UserPath } from './user-path.js';

/** What host and co-hosts do to others in the meeting. */
@MeetingsDialect('Participants', 'participants')
export class ParticipantsModerationController {
  constructor(private readonly commands: CommandBus) {}

  @Put('participants/:userId/status')
  @LimitedBy('status')
  @MeetingsAnswers(
    'Participant status updated successfully',
    OTHERS_STATUS,
    'INSUFFICIENT_PERMISSION',
    'SCREEN_SHARE_DISABLED',
    'PARTICIPANT_NOT_FOUND',
    'MEETING_NOT_ACTIVE',
    'MEETING_CANCELLED',
    'MEETING_ENDED',
  )
  @ApiOperation({
    summary:
      "Mute another, stop their camera or screen, lower their hand (host and co-hosts); or change one's own",
  })
  async status(
    @Param() { id, userId }: UserPath,
    @Body() body: StatusBody,
    @Context() context: RequestContext,
  ): Promise<unknown> {
    const change = statusChange(body);
    const state = await this.commands.execute(
      userId === context.by.userId
        ? new UpdateStatus(id, change, context)
        : new QuietenParticipant(id, userId, change, context),
    );
    return envelope('Participant status updated successfully', { user_id: userId, ...statusView(state) });
  }

  @Put('participants/:userId/role')
  @MeetingsAnswers(
    'Participant role changed successfully',
    ROLE,
    'INSUFFICIENT_PERMISSION',
    'PARTICIPANT_NOT_FOUND',
    'MEETING_NOT_ACTIVE',
    'MEETING_CANCELLED',
    'MEETING_ENDED',
  )
  @ApiOperation({ summary: 'Give a participant another role; host hands the role over (host only)' })
  async role(
    @Param() { id, userId }: UserPath,
    @Body() { role }: RoleBody,
    @Context() context: RequestContext,
  ): Promise<unknown> {
    const { hostUserId } = await this.commands.execute(new ChangeRole(id, userId, role, context));
    return envelope('Participant role changed successfully', {
      meeting_id: id,
      user_id: userId,
      role,
      host_user_id: hostUserId,
    });
  }

  @Delete('participants/:userId')
  @MeetingsAnswers(
    'Participant removed successfully',
    REMOVED,
    'INSUFFICIENT_PERMISSION',
    'PARTICIPANT_NOT_FOUND',
  )
  @ApiOperation({
    summary:
      'Remove a participant, who stays out until admitted again (host and co-hosts; nobody removes the host)',
  })
  async remove(@Param() { id, userId }: UserPath, @Context() context: RequestContext): Promise<unknown> {
    // Whoever shows themselves the door has left, and may come back.
    const reason = userId === context.by.userId ? 'left' : 'removed';
    const { joinedAt, leftAt } = await this.commands.execute(new LeaveMeeting(id, userId, reason, context));
    return envelope('Participant removed successfully', {
      meeting_id: id,
      user_id: userId,
      left_at: leftAt,
      duration_minutes: minutesBetween(joinedAt, leftAt),
    });
  }
}

import { Body, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { DomainError } from '#libs/domain';
import { Context } from '../../auth/request-context-param.js';
import { MeetingPath } from '../../meetings/meeting-id.js';
import { JoinMeeting } from '../../participants/join-meeting.js';
import { LeaveMeeting } from '../../participants/leave-meeting.js';
import { ListParticipants } from '../../participants/list-participants.js';
import { UpdateStatus } from '../../participants/update-status.js';
import { LimitedBy } from '../../platform/rate-limits/limited-by.js';
import type { RequestContext } from '../../platform/request-context.js';
import { envelope } from './envelope.js';
import { JoinBody } from './join-body.js';
import { joinedView, leftView } from './joined-view.js';
import { MeetingsDialect } from './meetings-dialect.js';
import { StatusBody } from './status-body.js';
import { statusChange, statusView } from './status-view.js';
import { JOINED, LEFT, OWN_STATUS, PARTICIPANTS } from './documented-data.js';
import { MeetingsAnswers } from './meetings-answers.js';

@MeetingsDialect('Participants', 'participants')
export class ParticipantsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post('join')
  @HttpCode(200)
  @MeetingsAnswers(
    'Joined meeting successfully',
    JOINED,
    'WAITING_ROOM_REQUIRED',
    'MEETING_NOT_ACTIVE',
    'MEETING_CANCELLED',
    'INVALID_PASSWORD',
    'MEETING_LOCKED',
    'MAX_PARTICIPANTS_REACHED',
    'INSUFFICIENT_PERMISSION',
    'JOIN_DENIED',
    'MEETING_ENDED',
  )
  @ApiOperation({
    summary: 'Join as the user of the token; 202 WAITING_ROOM_REQUIRED: ask again once admitted',
    description:
      'Who joins over REST alone has no connection that could be lost, and is in until leaving, removal or the end of the meeting; ' +
      'who waits over REST alone waits until answered, leaving or that end, or a restart of the server: asking again now and ' +
      'then tells of all of these. Who has a WebSocket or signalling connection besides is gone when the last one was away for ' +
      'the grace period.',
  })
  async join(
    @Param() { id }: MeetingPath,
    @Body() body: JoinBody,
    @Context() context: RequestContext,
  ): Promise<unknown> {
    const joined = await this.commands.execute(
      new JoinMeeting(
        {
          meetingId: id,
          displayName: body.display_name ?? undefined,
          password: body.password ?? undefined,
          deviceType: body.device_type ?? undefined,
          isMuted: body.join_muted ?? false,
          isVideoOn: !body.join_without_video,
        },
        context,
      ),
    );
    if (!joined) throw new DomainError('WAITING_ROOM_REQUIRED');
    return envelope('Joined meeting successfully', joinedView(joined));
  }

  @Post('leave')
  @HttpCode(200)
  @MeetingsAnswers('Left meeting successfully', LEFT, 'PARTICIPANT_NOT_FOUND')
  @ApiOperation({ summary: 'Leave the meeting, or its waiting room' })
  async leave(@Param() { id }: MeetingPath, @Context() context: RequestContext): Promise<unknown> {
    const left = await this.commands.execute(new LeaveMeeting(id, context.by.userId, 'left', context));
    return envelope('Left meeting successfully', leftView(id, left));
  }

  @Get('participants')
  @MeetingsAnswers('Participants retrieved successfully', PARTICIPANTS, 'INSUFFICIENT_PERMISSION')
  @ApiOperation({ summary: 'Who is in the meeting now' })
  async list(@Param() { id }: MeetingPath, @Context() context: RequestContext): Promise<unknown> {
    const rows = await this.queries.execute(new ListParticipants(id, context.by));
    return envelope(
      'Participants retrieved successfully',
      rows.map(row => ({
        participant_id: row.participant_id,
        user_id: row.user_id,
        user_name: row.display_name,
        role: row.role,
        status: 'joined',
        is_muted: Boolean(row.is_muted),
        is_video_enabled: Boolean(row.is_video_on),
        is_screen_sharing: Boolean(row.is_screen_sharing),
        is_hand_raised: Boolean(row.is_hand_raised),
        joined_at: row.joined_at,
        device_type: row.device_type,
        breakout_room_id: row.breakout_room_id,
      })),
    );
  }

  @Put('participants/status')
  @LimitedBy('status')
  @MeetingsAnswers(
    'Participant status updated successfully',
    OWN_STATUS,
    'NOT_IN_MEETING',
    'SCREEN_SHARE_DISABLED',
    'MEETING_NOT_ACTIVE',
    'MEETING_CANCELLED',
    'MEETING_ENDED',
  )
  @ApiOperation({ summary: "Change one's own microphone, camera, screen or hand" })
  async status(
    @Param() { id }: MeetingPath,
    @Body() body: StatusBody,
    @Context() context: RequestContext,
  ): Promise<unknown> {
    const state = await this.commands.execute(new UpdateStatus(id, statusChange(body), context));
    return envelope('Participant status updated successfully', statusView(state));
  }
}

import { Body, Get, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { DomainError, moderates } from '#libs/domain';
import { Context } from '../../auth/request-context-param.js';
import { GetMeeting } from '../../meetings/get-meeting.js';
import { MeetingPath } from '../../meetings/meeting-id.js';
import { LimitedBy } from '../../platform/rate-limits/limited-by.js';
import type { RequestContext } from '../../platform/request-context.js';
import { ApplyPolicy } from '../../policies/apply-policy.js';
import { POLICY } from './documented-data.js';
import { envelope } from './envelope.js';
import { MeetingsAnswers } from './meetings-answers.js';
import { MeetingsDialect } from './meetings-dialect.js';
import { PolicyBody } from './policy-body.js';
import { policyChanges, policyView } from './policy-view.js';

@MeetingsDialect('Security policy', 'management')
export class PolicyController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post('security/policy')
  @HttpCode(200)
  @MeetingsAnswers(
    'Security policy applied successfully',
    null,
    'INSUFFICIENT_PERMISSION',
    'MEETING_CANCELLED',
    'MEETING_ENDED',
  )
  @ApiOperation({ summary: 'Change what is allowed, at once, for those who are in, too (host only)' })
  async apply(
    @Param() { id }: MeetingPath,
    @Body() body: PolicyBody,
    @Context() context: RequestContext,
  ): Promise<unknown> {
    await this.commands.execute(new ApplyPolicy(id, policyChanges(body), context));
    return envelope('Security policy applied successfully', null);
  }

  @Get('security/policy')
  @LimitedBy('participants')
  @MeetingsAnswers('Security policy retrieved successfully', POLICY, 'INSUFFICIENT_PERMISSION')
  @ApiOperation({ summary: 'What is allowed in the meeting (host and co-hosts)' })
  async get(@Param() { id }: MeetingPath, @Context() context: RequestContext): Promise<unknown> {
    const meeting = await this.queries.execute(new GetMeeting(id));
    if (!moderates(meeting, context.by)) throw new DomainError('INSUFFICIENT_PERMISSION');
    return envelope('Security policy retrieved successfully', policyView(meeting.settings));
  }
}

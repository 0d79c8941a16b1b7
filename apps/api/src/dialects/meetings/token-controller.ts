import { Body, HttpCode, Param, Post } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Context } from '../../auth/request-context-param.js';
import { IssueLivekitToken } from '../../livekit/issue-livekit-token.js';
import { MeetingPath } from '../../meetings/meeting-id.js';
import type { RequestContext } from '../../platform/request-context.js';
import { LIVEKIT_TOKEN } from './documented-data.js';
import { envelope } from './envelope.js';
import { MeetingsAnswers } from './meetings-answers.js';
import { MeetingsDialect } from './meetings-dialect.js';
import { TokenBody } from './token-body.js';

@MeetingsDialect('LiveKit', 'participants')
export class TokenController {
  constructor(private readonly queries: QueryBus) {}

  @Post('token')
  @HttpCode(200)
  @MeetingsAnswers(
    'LiveKit token generated successfully',
    LIVEKIT_TOKEN,
    'INSUFFICIENT_PERMISSION',
    'PARTICIPANT_NOT_FOUND',
    'MEETING_NOT_ACTIVE',
    'MEETING_CANCELLED',
    'MEETING_ENDED',
    'LIVEKIT_TOKEN_ERROR',
  )
  @ApiOperation({
    summary: "A token for the meeting's room on a LiveKit server: one's own, or as host or co-host another's",
    description:
      'The room is named as the meeting’s id; for who is in a breakout room, the meeting’s id, a dot, and that room’s id: ask again after a move. ' +
      'Parley tells the LiveKit server nothing else: whoever is removed, or may send no longer, stays connected there as before until the application that runs it says so.',
  })
  async issue(
    @Param() { id }: MeetingPath,
    @Body() { user_id, user_name }: TokenBody,
    @Context() { by }: RequestContext,
  ): Promise<unknown> {
    const { token, userId, userName, isHost, url } = await this.queries.execute(
      new IssueLivekitToken(
        { meetingId: id, userId: user_id ?? undefined, userName: user_name?.trim() ?? undefined },
        by,
      ),
    );
    return envelope('LiveKit token generated successfully', {
      token,
      meeting_id: id,
      user_id: userId,
      user_name: userName,
      is_host: isHost,
      livekit_url: url,
    });
  }
}

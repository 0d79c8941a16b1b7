import { Get, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { DomainError, moderates } from '#libs/domain';
import { Context } from '../../auth/request-context-param.js';
import { GetMeeting } from '../../meetings/get-meeting.js';
import { MeetingPath } from '../../meetings/meeting-id.js';
import { AnswerWaiting } from '../../participants/answer-waiting.js';
import type { RequestContext } from '../../platform/request-context.js';
import { envelope } from './envelope.js';
import { MeetingsDialect } from './meetings-dialect.js';
import { ANSWERED_ALL_WAITING, ANSWERED_WAITING, WAITING } from './documented-data.js';
import { MeetingsAnswers } from './meetings-answers.js';
import { UserPath } from './user-path.js';
import { Documented } from '../../platform/documented.js';

const ANSWERS = ['admit', 'deny'] as const;
type Answer = (typeof ANSWERS)[number];

class AnswerPath extends UserPath {
  @Documented()
  @IsIn(ANSWERS)
  answer!: Answer;
}
class AnswerAllPath extends MeetingPath {
  @Documented()
  @IsIn(ANSWERS)
  answer!: Answer;
}

const said = (whom: string, answer: Answer): string =>
  `${whom} ${answer === 'admit' ? 'admitted' : 'denied'}`;

@MeetingsDialect('Waiting room', 'participants')
export class WaitingRoomController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get('waiting-room')
  @MeetingsAnswers('Waiting room retrieved successfully', WAITING, 'INSUFFICIENT_PERMISSION')
  @ApiOperation({ summary: 'Who waits to be admitted (host and co-hosts)' })
  async list(@Param() { id }: MeetingPath, @Context() context: RequestContext): Promise<unknown> {
    const meeting = await this.queries.execute(new GetMeeting(id));
    if (!moderates(meeting, context.by)) throw new DomainError('INSUFFICIENT_PERMISSION');
    return envelope(
      'Waiting room retrieved successfully',
      Object.entries(meeting.waiting).map(([userId, { displayName, waitingSince }]) => ({
        user_id: userId,
        user_name: displayName,
        waiting_since: waitingSince,
      })),
    );
  }

  @Post('waiting-room/:answer')
  @HttpCode(200)
  @MeetingsAnswers(
    'Participants admitted',
    ANSWERED_ALL_WAITING,
    'INSUFFICIENT_PERMISSION',
    'MEETING_LOCKED',
    'MEETING_NOT_ACTIVE',
    'MEETING_CANCELLED',
    'MEETING_ENDED',
  )
  @ApiOperation({ summary: 'Admit or deny everybody who waits (host and co-hosts)' })
  async answerAll(
    @Param() { id, answer }: AnswerAllPath,
    @Context() context: RequestContext,
  ): Promise<unknown> {
    const userIds = await this.commands.execute(new AnswerWaiting(id, undefined, answer, context));
    return envelope(said('Participants', answer), { meeting_id: id, user_ids: userIds });
  }

  @Post('waiting-room/:userId/:answer')
  @HttpCode(200)
  @MeetingsAnswers(
    'Participant admitted',
    ANSWERED_WAITING,
    'INSUFFICIENT_PERMISSION',
    'PARTICIPANT_NOT_FOUND',
    'MEETING_LOCKED',
    'MEETING_NOT_ACTIVE',
    'MEETING_CANCELLED',
    'MEETING_ENDED',
  )
  @ApiOperation({ summary: 'Admit or deny one who waits, or admit one who was removed (host and co-hosts)' })
  async answer(
    @Param() { id, userId, answer }: AnswerPath,
    @Context() context: RequestContext,
  ): Promise<unknown> {
    await this.commands.execute(new AnswerWaiting(id, userId, answer, context));
    return envelope(said('Participant', answer), { meeting_id: id, user_id: userId });
  }
}

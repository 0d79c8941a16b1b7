import { Body, Controller, Get, Inject, Param, Put, Res, UseFilters } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import type { FastifyReply } from 'fastify';
import type { Config } from '#libs/config';
import type { MeetingState } from '#libs/domain';
import { Context } from '../../auth/request-context-param.js';
import { Documented } from '../../platform/documented.js';
import { Optional } from '../../platform/optional.js';
import type { RequestContext } from '../../platform/request-context.js';
import { CONFIG, publicUrl } from '../../platform/settings.js';
import { FindRoom } from '../../rooms/find-room.js';
import { OpenRoom } from '../../rooms/open-room.js';
import { PlatformErrorFilter } from '../platform/platform-error-filter.js';
import { PlatformAnswers } from '../platform/platform-answers.js';

const ROOM = {
  name: 'team-standup',
  meeting_id: '01HXYZ123456789ABCDEFGHJKM',
  title: 'Team Standup',
  host_user_id: 'ada',
  status: 'active',
  join_url: 'https://meet.example.org/m/team-standup',
};

class RoomPath {
  @Documented({
    example: 'team-standup',
    // As many as a name has without the spaces around it, which are not counted.
    schema: { type: 'string', minLength: 1, maxLength: 64 },
    description: 'Letters, digits, spaces, dots, dashes and underscores; a letter or digit first',
  })
  @IsString()
  @Length(1, 128)
  name!: string;
}
class RoomBody {
  @Documented({ example: 'Team Standup' })
  @Optional({ nullable: true })
  @IsString()
  @Length(1, 200)
  title?: string | null;
}

@ApiTags('Rooms')
@ApiBearerAuth()
@UseFilters(PlatformErrorFilter)
@Controller('api/v1/rooms')
export class RoomsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Put(':name')
  @PlatformAnswers({ description: 'The meeting that runs behind this name', example: ROOM })
  @PlatformAnswers({ status: 201, description: 'A new meeting', example: ROOM })
  @ApiOperation({ summary: 'The meeting behind a name; creates and starts one (201) where there is none' })
  async open(
    @Param() { name: text }: RoomPath,
    @Body() { title }: RoomBody,
    @Context() context: RequestContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const { name, meeting, created } = await this.commands.execute(
      new OpenRoom(text, title ?? undefined, context),
    );
    reply.status(created ? 201 : 200);
    return this.view(name, meeting);
  }

  @Get(':name')
  @PlatformAnswers(
    { description: 'The meeting that this name leads to, running or ended', example: ROOM },
    'MEETING_NOT_FOUND',
  )
  @ApiOperation({ summary: 'The meeting behind a name; opens none' })
  async find(@Param() { name: text }: RoomPath): Promise<unknown> {
    const { name, meeting } = await this.queries.execute(new FindRoom(text));
    return this.view(name, meeting);
  }

  private view(name: string, meeting: MeetingState): typeof ROOM {
    return {
      name,
      meeting_id: meeting.meetingId,
      title: meeting.title,
      host_user_id: meeting.hostUserId,
      status: meeting.status,
      join_url: `${publicUrl(this.config)}/m/${encodeURIComponent(name)}`,
    };
  }
}

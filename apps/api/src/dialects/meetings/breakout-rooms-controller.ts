import { Body, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { type BreakoutRoom, DomainError } from '#libs/domain';
import { Context } from '../../auth/request-context-param.js';
import { AssignBreakoutRoom } from '../../breakouts/assign-breakout-room.js';
import { AutoAssignBreakoutRooms } from '../../breakouts/auto-assign-breakout-rooms.js';
import { CloseBreakoutRooms } from '../../breakouts/close-breakout-rooms.js';
import { ListBreakoutRooms } from '../../breakouts/list-breakout-rooms.js';
import { occupiedRooms } from '../../breakouts/occupied-rooms.js';
import { OpenBreakoutRooms } from '../../breakouts/open-breakout-rooms.js';
import { ReturnFromBreakoutRoom } from '../../breakouts/return-from-breakout-room.js';
import { BroadcastMessage } from '../../chat/broadcast-message.js';
import { MeetingPath } from '../../meetings/meeting-id.js';
import { LimitedBy } from '../../platform/rate-limits/limited-by.js';
import type { RequestContext } from '../../platform/request-context.js';
import {
  AssignBody,
  BreakoutRoomPath,
  BreakoutRoomsBody,
  BroadcastBody,
  ReturnBody,
} from './breakout-rooms-body.js';
import {
  ASSIGNED,
  BROADCAST,
  RETURNED,
  ROOMS,
  ROOMS_CLOSED,
  ROOMS_WITH_PEOPLE,
} from './breakout-rooms-examples.js';
import { roomView, roomWithPeople } from './breakout-rooms-view.js';
import { messageView } from './chat-view.js';
import { envelope } from './envelope.js';
import { MeetingsDialect } from './meetings-dialect.js';
import { MeetingsAnswers } from './meetings-answers.js';

/** Which rooms are wanted: those described, and as many more as the count says. */
const wantedRooms = ({ room_count, rooms }: BreakoutRoomsBody): Omit<BreakoutRoom, 'roomId'>[] => {
  const described = rooms ?? [];
  if (described.length > room_count) {
    throw new DomainError('VALIDATION_FAILED', {
      rooms: `must be at most ${room_count}, as room_count says`,
    });
  }
  return Array.from({ length: room_count }, (_, index) => {
    const { name, description, capacity, settings } = described[index] ?? {};
    return {
      name: name ?? `Breakout Room ${index + 1}`,
      ...(description && { description }),
      ...(capacity && { capacity }),
      allowChat: settings?.allow_chat ?? true,
      allowScreenShare: settings?.allow_screen_share ?? true,
    };
  });
};

const CHANGES = [
  'INSUFFICIENT_PERMISSION',
  'MEETING_NOT_ACTIVE',
  'MEETING_CANCELLED',
  'MEETING_ENDED',
] as const;

@MeetingsDialect('Breakout rooms', 'participants')
export class BreakoutRoomsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post('breakout-rooms')
  @HttpCode(200)
  @LimitedBy('management')
  @MeetingsAnswers('Breakout rooms created successfully', ROOMS, ...CHANGES, 'BREAKOUT_ROOMS_ALREADY_OPEN')
  @ApiOperation({
    summary: 'Open breakout rooms (host only)',
    description:
      'People in one room see, hear and read only each other. Rooms with a time limit announce their end a minute before ' +
      'and close by themselves. A meeting that is recorded is recorded in its main room alone.',
  })
  async open(
    @Param() { id }: MeetingPath,
    @Body() body: BreakoutRoomsBody,
    @Context() context: RequestContext,
  ): Promise<unknown> {
    const opened = await this.commands.execute(
      new OpenBreakoutRooms(
        id,
        {
          rooms: wantedRooms(body),
          autoAssign: body.auto_assign ?? false,
          participantsMayChoose: body.allow_participants_to_choose ?? false,
          participantsMayReturn: body.allow_participants_to_return ?? true,
          ...(body.time_limit_minutes && { timeLimitMinutes: body.time_limit_minutes }),
        },
        context,
      ),
    );
    return envelope(
      'Breakout rooms created successfully',
      opened.map(({ room, people }) => roomView(room, people)),
    );
  }

  @Get('breakout-rooms')
  @MeetingsAnswers('Breakout rooms retrieved successfully', ROOMS_WITH_PEOPLE, 'INSUFFICIENT_PERMISSION')
  @ApiOperation({ summary: 'The breakout rooms that are open; for those in the meeting with who is where' })
  async list(@Param() { id }: MeetingPath, @Context() context: RequestContext): Promise<unknown> {
    const { rooms, named } = await this.queries.execute(new ListBreakoutRooms(id, context.by));
    return envelope(
      'Breakout rooms retrieved successfully',
      rooms.map(one => (named ? roomWithPeople(one) : roomView(one.room, one.seats.length))),
    );
  }

  @Delete('breakout-rooms')
  @LimitedBy('management')
  @MeetingsAnswers('Breakout rooms closed successfully', ROOMS_CLOSED, ...CHANGES, 'BREAKOUT_ROOMS_NOT_OPEN')
  @ApiOperation({ summary: 'Close the breakout rooms: everybody is back in the main room (host only)' })
  async close(@Param() { id }: MeetingPath, @Context() context: RequestContext): Promise<unknown> {
    const closedAt = await this.commands.execute(new CloseBreakoutRooms(id, context));
    return envelope('Breakout rooms closed successfully', {
      meeting_id: id,
      closed_by: context.by.userId,
      closed_at: closedAt,
    });
  }

  @Post('breakout-rooms/assign')
  @HttpCode(200)
  @MeetingsAnswers(
    'Participant assigned to breakout room successfully',
    ASSIGNED,
    ...CHANGES,
    'PARTICIPANT_NOT_FOUND',
    'BREAKOUT_ROOM_NOT_FOUND',
    'BREAKOUT_ROOM_FULL',
    'BREAKOUT_ROOMS_NOT_OPEN',
  )
  @ApiOperation({ summary: 'Put a participant into a breakout room (host and co-hosts)' })
  async assign(
    @Param() { id }: MeetingPath,
    @Body() { participant_user_id, breakout_room_id }: AssignBody,
    @Context() context: RequestContext,
  ): Promise<unknown> {
    await this.commands.execute(new AssignBreakoutRoom(id, participant_user_id, breakout_room_id, context));
    return envelope('Participant assigned to breakout room successfully', {
      participant_user_id,
      breakout_room_id,
    });
  }

  @Post('breakout-rooms/auto-assign')
  @HttpCode(200)
  @MeetingsAnswers(
    'Participants assigned to breakout rooms successfully',
    ROOMS_WITH_PEOPLE,
    ...CHANGES,
    'BREAKOUT_ROOMS_NOT_OPEN',
  )
  @ApiOperation({
    summary: 'Spread those in the main room evenly over the breakout rooms (host and co-hosts)',
    description: 'Host and co-hosts stay where they are, and so does whoever finds no place.',
  })
  async autoAssign(@Param() { id }: MeetingPath, @Context() context: RequestContext): Promise<unknown> {
    const meeting = await this.commands.execute(new AutoAssignBreakoutRooms(id, context));
    return envelope(
      'Participants assigned to breakout rooms successfully',
      occupiedRooms(meeting).map(roomWithPeople),
    );
  }

  @Post('breakout-rooms/:roomId/join')
  @HttpCode(200)
  @MeetingsAnswers(
    'Joined breakout room successfully',
    ASSIGNED,
    ...CHANGES,
    'PARTICIPANT_NOT_FOUND',
    'BREAKOUT_ROOM_NOT_FOUND',
    'BREAKOUT_ROOM_FULL',
    'BREAKOUT_ROOMS_NOT_OPEN',
  )
  @ApiOperation({ summary: 'Go into a breakout room oneself, where participants may choose' })
  async join(
    @Param() { id, roomId }: BreakoutRoomPath,
    @Context() context: RequestContext,
  ): Promise<unknown> {
    const { userId } = context.by;
    await this.commands.execute(new AssignBreakoutRoom(id, userId, roomId, context));
    return envelope('Joined breakout room successfully', {
      participant_user_id: userId,
      breakout_room_id: roomId,
    });
  }

  @Post('breakout-rooms/return')
  @HttpCode(200)
  @MeetingsAnswers('Returned to the main room successfully', RETURNED, ...CHANGES, 'PARTICIPANT_NOT_FOUND')
  @ApiOperation({ summary: 'Go back into the main room; host and co-hosts may bring another one back' })
  async goBack(
    @Param() { id }: MeetingPath,
    @Body() body: ReturnBody,
    @Context() context: RequestContext,
  ): Promise<unknown> {
    const userId = body.participant_user_id ?? context.by.userId;
    await this.commands.execute(new ReturnFromBreakoutRoom(id, userId, context));
    return envelope('Returned to the main room successfully', {
      participant_user_id: userId,
      breakout_room_id: null,
    });
  }

  @Post('breakout-rooms/broadcast')
  @HttpCode(200)
  @LimitedBy('chat')
  @MeetingsAnswers(
    'Message broadcast successfully',
    BROADCAST,
    ...CHANGES,
    'NOT_IN_MEETING',
    'BREAKOUT_ROOMS_NOT_OPEN',
  )
  @ApiOperation({ summary: 'Write to all rooms at once (host and co-hosts, also where the chat is off)' })
  async broadcast(
    @Param() { id }: MeetingPath,
    @Body() { content }: BroadcastBody,
    @Context() context: RequestContext,
  ): Promise<unknown> {
    const message = await this.commands.execute(new BroadcastMessage(id, content, context));
    return envelope('Message broadcast successfully', messageView(message));
  }
}

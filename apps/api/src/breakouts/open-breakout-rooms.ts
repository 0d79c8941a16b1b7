import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type BreakoutRoom, Meeting, type MeetingEvent } from '#libs/domain';
import { Aggregates } from '../platform/aggregates.js';
import { newId } from '../platform/new-id.js';
import type { RequestContext } from '../platform/request-context.js';

export interface WantedRooms {
  readonly rooms: readonly Omit<BreakoutRoom, 'roomId'>[];
  readonly autoAssign: boolean;
  readonly participantsMayChoose: boolean;
  readonly participantsMayReturn: boolean;
  readonly timeLimitMinutes?: number;
}

/** A room as it was opened, and how many people were assigned to it then. */
export interface OpenedRoom {
  readonly room: BreakoutRoom;
  readonly people: number;
}

export class OpenBreakoutRooms extends Command<OpenedRoom[]> {
  constructor(
    readonly meetingId: string,
    readonly wanted: WantedRooms,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@CommandHandler(OpenBreakoutRooms)
export class OpenBreakoutRoomsHandler implements ICommandHandler<OpenBreakoutRooms> {
  constructor(private readonly aggregates: Aggregates) {}

  async execute({ meetingId, wanted, context }: OpenBreakoutRooms): Promise<OpenedRoom[]> {
    const rooms = wanted.rooms.map((room, index) => ({
      roomId: newId(`breakout room ${index} of ${meetingId}`, context),
      ...room,
    }));
    const executed = await this.aggregates.run(
      Meeting,
      meetingId,
      { type: 'OpenBreakoutRooms', ...wanted, rooms },
      context,
    );
    // From the events: a repeated request may find other rooms, or none, and answers the same.
    const events = executed.events as unknown as readonly MeetingEvent[];
    const opened = events.flatMap(event => (event.type === 'BreakoutRoomsOpened' ? event.data.rooms : []));
    return opened.map(room => ({
      room,
      people: events.filter(
        event => event.type === 'BreakoutRoomAssigned' && event.data.roomId === room.roomId,
      ).length,
    }));
  }
}

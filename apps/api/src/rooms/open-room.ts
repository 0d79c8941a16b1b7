import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError, Meeting, type MeetingState, Room, roomName } from '#libs/domain';
import { CreateMeeting } from '../meetings/create-meeting.js';
import { Aggregates } from '../platform/aggregates.js';
import { newId } from '../platform/new-id.js';
import type { RequestContext } from '../platform/request-context.js';

export interface OpenedRoom {
  readonly name: string;
  readonly meeting: MeetingState;
  /** Whether this request created the meeting. */
  readonly created: boolean;
}

/** The meeting that a name leads to; a new one, already started, where there is none or it has ended. */
export class OpenRoom extends Command<OpenedRoom> {
  constructor(
    readonly name: string,
    readonly title: string | undefined,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@CommandHandler(OpenRoom)
export class OpenRoomHandler implements ICommandHandler<OpenRoom> {
  constructor(
    private readonly aggregates: Aggregates,
    private readonly commands: CommandBus,
  ) {}

  async execute({ name: text, title, context }: OpenRoom): Promise<OpenedRoom> {
    const name = roomName(text);
    const before = (await this.aggregates.state(Room, name)).meetingId;
    const ended = before !== undefined && (await this.aggregates.state(Meeting, before)).status === 'ended';
    // The name is taken first, so that two who open it at once meet in one meeting, which the faster of them creates. A
    // name whose meeting was never created, because this process died in between, gets it from the next who comes.
    const { meetingId = '' } = await this.aggregates.execute(
      Room,
      name,
      {
        type: 'OpenRoom',
        name,
        meetingId: newId(`meeting of room ${name}`, context),
        ...(ended && { replaces: before }),
      },
      context,
    );
    const found = await this.aggregates.state(Meeting, meetingId);
    if (found.status !== 'none') return { name, meeting: found, created: false };
    try {
      const meeting = await this.commands.execute(
        new CreateMeeting(
          { meetingId, title: title?.trim() || text.trim(), settings: {}, startNow: true },
          context,
        ),
      );
      return { name, meeting, created: true };
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'MEETING_ALREADY_EXISTS')) throw error;
      return { name, meeting: await this.aggregates.state(Meeting, meetingId), created: false };
    }
  }
}

import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type ChatMessage, DomainError, Meeting, moderates } from '#libs/domain';
import { Aggregates } from '../platform/aggregates.js';
import type { RequestContext } from '../platform/request-context.js';
import { SendMessage } from './send-message.js';
import { unlessSaid } from './unless-said.js';

/** Writes to the main room and all breakout rooms, as host or co-host, while there are any. */
export class BroadcastMessage extends Command<ChatMessage> {
  constructor(
    readonly meetingId: string,
    readonly content: string,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@CommandHandler(BroadcastMessage)
export class BroadcastMessageHandler implements ICommandHandler<BroadcastMessage> {
  constructor(
    private readonly commands: CommandBus,
    private readonly aggregates: Aggregates,
  ) {}

  execute(command: BroadcastMessage): Promise<ChatMessage> {
    return unlessSaid(this.aggregates, command.meetingId, command.context, () => this.send(command));
  }

  private async send({ meetingId, content, context }: BroadcastMessage): Promise<ChatMessage> {
    const meeting = await this.aggregates.state(Meeting, meetingId);
    if (meeting.status === 'active') {
      if (!moderates(meeting, context.by)) throw new DomainError('INSUFFICIENT_PERMISSION');
      if (!meeting.breakout) throw new DomainError('BREAKOUT_ROOMS_NOT_OPEN');
    }
    const message = { content, messageType: 'text', isBroadcast: true } as const;
    return this.commands.execute(new SendMessage(meetingId, message, context));
  }
}

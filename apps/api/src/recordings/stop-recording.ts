import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError, Meeting, type MeetingEvent } from '#libs/domain';
import { Aggregates } from '../platform/aggregates.js';
import type { RequestContext } from '../platform/request-context.js';

/** Ends the meeting's recording; composing it begins. Returns the recording's id. */
export class StopRecording extends Command<string> {
  constructor(
    readonly meetingId: string,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@CommandHandler(StopRecording)
export class StopRecordingHandler implements ICommandHandler<StopRecording> {
  constructor(private readonly aggregates: Aggregates) {}

  async execute({ meetingId, context }: StopRecording): Promise<string> {
    const { events } = await this.aggregates.run(Meeting, meetingId, { type: 'StopRecording' }, context);
    const stopped = (events as unknown as readonly MeetingEvent[]).find(
      one => one.type === 'MeetingRecordingStopped',
    );
    if (!stopped) throw new DomainError('RECORDING_NOT_ACTIVE');
    return stopped.data.recordingId;
  }
}

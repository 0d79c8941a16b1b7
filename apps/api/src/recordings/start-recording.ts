import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Meeting } from '#libs/domain';
import { Aggregates } from '../platform/aggregates.js';
import { newId } from '../platform/new-id.js';
import type { RequestContext } from '../platform/request-context.js';

export interface StartedRecording {
  readonly recordingId: string;
}

/** Records the meeting from now on; the recorder follows as soon as the log says so. */
export class StartRecording extends Command<StartedRecording> {
  constructor(
    readonly meetingId: string,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@CommandHandler(StartRecording)
export class StartRecordingHandler implements ICommandHandler<StartRecording> {
  constructor(private readonly aggregates: Aggregates) {}

  async execute({ meetingId, context }: StartRecording): Promise<StartedRecording> {
    const recordingId = newId(`recording of ${meetingId}`, context);
    await this.aggregates.execute(Meeting, meetingId, { type: 'StartRecording', recordingId }, context);
    return { recordingId };
  }
}

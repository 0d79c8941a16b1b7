import { HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Context } from '../../auth/request-context-param.js';
import { MeetingPath } from '../../meetings/meeting-id.js';
import type { RequestContext } from '../../platform/request-context.js';
import { StartRecording } from '../../recordings/start-recording.js';
import { StopRecording } from '../../recordings/stop-recording.js';
import { envelope } from './envelope.js';
import { MeetingsDialect } from './meetings-dialect.js';

@MeetingsDialect('Recordings')
export class RecordingController {
  constructor(private readonly commands: CommandBus) {}

  @Post('recording/start')
  @HttpCode(200)
  @ApiOperation({ summary: 'Record the meeting from now on (host and co-hosts)' })
  async start(@Param() { id }: MeetingPath, @Context() context: RequestContext): Promise<unknown> {
    const { recordingId } = await this.commands.execute(new StartRecording(id, context));
    return envelope('Recording started successfully', {
      recording_id: recordingId,
      meeting_id: id,
      processing_status: 'recording',
    });
  }

  @Post('recording/stop')
  @HttpCode(200)
  @ApiOperation({ summary: 'Stop the recording; GET /api/v1/recordings tells how its processing goes on' })
  async stop(@Param() { id }: MeetingPath, @Context() context: RequestContext): Promise<unknown> {
    const recordingId = await this.commands.execute(new StopRecording(id, context));
    return envelope('Recording stopped successfully', {
      recording_id: recordingId,
      meeting_id: id,
      processing_status: 'processing',
    });
  }
}

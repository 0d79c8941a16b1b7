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
import { RECORDING_STARTED, RECORDING_STOPPED } from './documented-data.js';
import { MeetingsAnswers } from './meetings-answers.js';

@MeetingsDialect('Recordings', 'management')
export class RecordingController {
  constructor(private readonly commands: CommandBus) {}

  @Post('recording/start')
  @HttpCode(200)
  @MeetingsAnswers(
    'Recording started successfully',
    RECORDING_STARTED,
    'INSUFFICIENT_PERMISSION',
    'RECORDING_DISABLED',
    'RECORDING_ALREADY_ACTIVE',
    'MEETING_NOT_ACTIVE',
    'MEETING_CANCELLED',
    'MEETING_ENDED',
  )
  @ApiOperation({
    summary: 'Record the meeting from now on (host and co-hosts; all who are in, where the policy says so)',
  })
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
  @MeetingsAnswers(
    'Recording stopped successfully',
    RECORDING_STOPPED,
    'INSUFFICIENT_PERMISSION',
    'RECORDING_NOT_ACTIVE',
  )
  @ApiOperation({
    summary:
      'Stop the recording (who started it, host and co-hosts); GET /api/v1/recordings tells how its processing goes on',
  })
  async stop(@Param() { id }: MeetingPath, @Context() context: RequestContext): Promise<unknown> {
    const recordingId = await this.commands.execute(new StopRecording(id, context));
    return envelope('Recording stopped successfully', {
      recording_id: recordingId,
      meeting_id: id,
      processing_status: 'processing',
    });
  }
}

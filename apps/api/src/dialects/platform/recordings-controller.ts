import { Controller, Get, HttpStatus, Inject, Param, Query, Redirect, UseFilters } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DomainError } from '#libs/domain';
import { Context } from '../../auth/request-context-param.js';
import { MeetingPath } from '../../meetings/meeting-id.js';
import type { RequestContext } from '../../platform/request-context.js';
import { ListRecordings, type RecordingRow } from '../../recordings/list-recordings.js';
import { RecordingFiles } from '../../recordings/recording-files.js';
import { PlatformErrorFilter } from './platform-error-filter.js';
import { RecordingsQuery } from './recordings-query.js';
import { RECORDING } from './documented-answers.js';
import { PlatformAnswers } from './platform-answers.js';

const day = new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric', timeZone: 'UTC' });

@ApiTags('Recordings')
@ApiBearerAuth()
@UseFilters(PlatformErrorFilter)
@Controller('api/v1/recordings')
export class PlatformRecordingsController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(RecordingFiles) private readonly files: RecordingFiles,
  ) {}

  @Get()
  @PlatformAnswers({ description: 'A page of recordings', example: { recordings: [RECORDING] } })
  @ApiOperation({ summary: 'Recordings of the meetings one took part in, the newest first' })
  async list(@Query() query: RecordingsQuery, @Context() context: RequestContext): Promise<unknown> {
    const { meeting_id: meetingId, limit, offset } = query;
    const rows = await this.queries.execute(
      new ListRecordings({ ...(meetingId && { meetingId }), limit, offset }, context.by),
    );
    return { recordings: rows.map(row => this.view(row)) };
  }

  @Get(':id')
  @PlatformAnswers({ description: 'The recording as it is now', example: RECORDING }, 'RECORDING_NOT_FOUND')
  @ApiOperation({ summary: 'One recording, with the status and progress of its processing' })
  async get(@Param() { id }: MeetingPath, @Context() context: RequestContext): Promise<unknown> {
    return this.view(await this.find(id, context));
  }

  @Get(':id/download')
  @Redirect(undefined, HttpStatus.FOUND)
  @PlatformAnswers(
    { status: 302, description: 'Location: the signed address' },
    'RECORDING_NOT_FOUND',
    'RECORDING_NOT_READY',
  )
  @ApiOperation({
    summary: 'Redirects to a signed address of the MP4, which opens without a token for an hour',
  })
  async download(@Param() { id }: MeetingPath, @Context() context: RequestContext): Promise<{ url: string }> {
    const { status } = await this.find(id, context);
    if (status !== 'completed') throw new DomainError('RECORDING_NOT_READY', { processing_status: status });
    return { url: this.files.signedUrl(id, 'recording.mp4') };
  }

  private async find(recordingId: string, context: RequestContext): Promise<RecordingRow> {
    const [row] = await this.queries.execute(
      new ListRecordings({ recordingId, limit: 1, offset: 0 }, context.by),
    );
    if (!row) throw new DomainError('RECORDING_NOT_FOUND', { recording_id: recordingId });
    return row;
  }

  private view(row: RecordingRow): Record<string, unknown> {
    const ready = row.status === 'completed';
    return {
      recording_id: row.recording_id,
      meeting_id: row.meeting_id,
      title: `${row.title} - ${day.format(new Date(row.started_at))}`,
      duration_seconds: row.duration_seconds,
      file_size_bytes: row.file_size_bytes,
      processing_status: row.status,
      processing_percent: row.percent,
      created_at: row.started_at,
      download_url: ready ? this.files.signedUrl(row.recording_id, 'recording.mp4') : null,
      thumbnail_url: ready ? this.files.signedUrl(row.recording_id, 'thumbnail.jpg') : null,
    };
  }
}

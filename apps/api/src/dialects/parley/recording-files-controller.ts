import { Controller, Get, Param, Query, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { DomainError } from '#libs/domain';
import { Public } from '../../auth/jwt-guard.js';
import { ID_PATTERN } from '../../meetings/meeting-id.js';
import { RECORDING_FILES, type RecordingFile, RecordingFiles } from '../../recordings/recording-files.js';
import { PlatformErrorFilter } from '../platform/platform-error-filter.js';

class FilePath {
  @Matches(ID_PATTERN)
  id!: string;

  @IsIn(RECORDING_FILES)
  file!: RecordingFile;
}
class SignatureQuery {
  @IsOptional()
  @IsString()
  expires?: string;

  @IsOptional()
  @IsString()
  signature?: string;
}

/** Recordings' files at signed addresses, which open without a token until they expire; ranges are served. */
@ApiExcludeController()
@UseFilters(PlatformErrorFilter)
@Controller('recordings')
export class RecordingFilesController {
  constructor(private readonly files: RecordingFiles) {}

  @Get(':id/:file')
  @Public()
  send(@Param() { id, file }: FilePath, @Query() query: SignatureQuery, @Res() reply: FastifyReply): void {
    if (!this.files.opens(id, file, query)) {
      throw new DomainError(
        'INVALID_TOKEN',
        {},
        'This address is not signed, or it has expired: ask for a new one',
      );
    }
    reply.header('cache-control', 'private, max-age=3600').sendFile(file, this.files.folder(id));
  }
}

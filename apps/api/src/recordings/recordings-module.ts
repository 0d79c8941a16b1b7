import { Module } from '@nestjs/common';
import { MediaModule } from '../media/media-module.js';
import { ListRecordingsHandler } from './list-recordings.js';
import { RecordingFiles } from './recording-files.js';
import { RecordingProcess } from './recording-process.js';
import { RecordingReactor } from './recording-reactor.js';
import { StartRecordingHandler } from './start-recording.js';
import { StopRecordingHandler } from './stop-recording.js';

@Module({
  imports: [MediaModule],
  providers: [
    StartRecordingHandler,
    StopRecordingHandler,
    ListRecordingsHandler,
    RecordingProcess,
    RecordingReactor,
    RecordingFiles,
  ],
  exports: [RecordingFiles],
})
export class RecordingsModule {}

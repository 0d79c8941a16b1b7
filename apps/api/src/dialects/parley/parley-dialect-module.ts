import { Module } from '@nestjs/common';
import { RecordingsModule } from '../../recordings/recordings-module.js';
import { AdminController } from './admin-controller.js';
import { GuestsController } from './guests-controller.js';
import { OperationsController } from './operations-controller.js';
import { RecordingFilesController } from './recording-files-controller.js';
import { ReplayController } from './replay-controller.js';
import { RoomsController } from './rooms-controller.js';

/** What no system in the specs has a word for: guests, rooms by name, replay, administration, operations. */
@Module({
  imports: [RecordingsModule],
  controllers: [
    OperationsController,
    GuestsController,
    RoomsController,
    ReplayController,
    AdminController,
    RecordingFilesController,
  ],
})
export class ParleyDialectModule {}

import { Module } from '@nestjs/common';
import { RecordingsModule } from '../../recordings/recordings-module.js';
import { ReplayModule } from '../../replay/replay-module.js';
import { WebhooksModule } from '../../webhooks/webhooks-module.js';
import { AdminController } from './admin-controller.js';
import { EventsController } from './events-controller.js';
import { GuestsController } from './guests-controller.js';
import { OperationsController } from './operations-controller.js';
import { RecordingFilesController } from './recording-files-controller.js';
import { ReplayController } from './replay-controller.js';
import { ReplayClock } from './replay-socket/replay-clock.js';
import { ReplayGateway } from './replay-socket/replay-gateway.js';
import { RoomsController } from './rooms-controller.js';
import { UsersController } from './users-controller.js';
import { WebhooksController } from './webhooks-controller.js';

/** What no system in the specs has a word for: guests, rooms by name, replay, administration, operations. */
@Module({
  imports: [RecordingsModule, ReplayModule, WebhooksModule],
  controllers: [
    OperationsController,
    GuestsController,
    RoomsController,
    UsersController,
    ReplayController,
    EventsController,
    AdminController,
    RecordingFilesController,
    WebhooksController,
  ],
  providers: [ReplayClock, ReplayGateway],
})
export class ParleyDialectModule {}

import { Module } from '@nestjs/common';
import { ChatController } from './chat-controller.js';
import { LifecycleController } from './lifecycle-controller.js';
import { ParticipantsController } from './participants-controller.js';
import { RecordingController } from './recording-controller.js';
import { WaitingRoomController } from './waiting-room-controller.js';

/** specs of the "meetings" system: REST below `/api/v1/meetings/{id}`. */
@Module({
  controllers: [
    LifecycleController,
    ParticipantsController,
    ChatController,
    RecordingController,
    WaitingRoomController,
  ],
})
export class MeetingsDialectModule {}

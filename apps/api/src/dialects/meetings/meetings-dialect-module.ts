import { Module } from '@nestjs/common';
import { ParticipantsModule } from '../../participants/participants-module.js';
import { BreakoutRoomsController } from './breakout-rooms-controller.js';
import { ChatController } from './chat-controller.js';
import { LifecycleController } from './lifecycle-controller.js';
import { ParticipantsController } from './participants-controller.js';
import { ParticipantsModerationController } from './participants-moderation-controller.js';
import { PolicyController } from './policy-controller.js';
import { RecordingController } from './recording-controller.js';
import { ClientCommands } from './socket/client-commands.js';
import { MeetingChannels } from './socket/meeting-channels.js';
import { MeetingSocketGateway } from './socket/meeting-socket-gateway.js';
import { TokenController } from './token-controller.js';
import { WaitingRoomController } from './waiting-room-controller.js';

/** specs of the "meetings" system: REST below `/api/v1/meetings/{id}`, and its WebSocket. */
@Module({
  imports: [ParticipantsModule],
  controllers: [
    LifecycleController,
    ParticipantsController,
    ParticipantsModerationController,
    ChatController,
    BreakoutRoomsController,
    RecordingController,
    WaitingRoomController,
    PolicyController,
    TokenController,
  ],
  providers: [ClientCommands, MeetingChannels, MeetingSocketGateway],
})
export class MeetingsDialectModule {}

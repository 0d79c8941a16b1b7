import { Module } from '@nestjs/common';
import { AuthModule } from '../../auth/auth-module.js';
import { MediaModule } from '../../media/media-module.js';
import { ParticipantsModule } from '../../participants/participants-module.js';
import { RecordingsModule } from '../../recordings/recordings-module.js';
import { PlatformMeetingsController } from './meetings-controller.js';
import { PlatformRecordingsController } from './recordings-controller.js';
import { Acknowledge } from './signalling/acknowledge.js';
import { BreakoutPushes } from './signalling/breakout-pushes.js';
import { JoinOverSocket } from './signalling/join-over-socket.js';
import { JoinedView } from './signalling/joined-view.js';
import { MediaGateway } from './signalling/media-gateway.js';
import { PermissionPushes } from './signalling/permission-pushes.js';
import { PushFeed } from './signalling/push-feed.js';
import { PushOutlet } from './signalling/push-outlet.js';
import { RoomWatch } from './signalling/room-watch.js';
import { SignallingGateway } from './signalling/signalling-gateway.js';

/** The "platform" system: meetings and recordings over REST, signalling over Socket.IO. */
@Module({
  imports: [AuthModule, MediaModule, ParticipantsModule, RecordingsModule],
  controllers: [PlatformMeetingsController, PlatformRecordingsController],
  providers: [
    SignallingGateway,
    MediaGateway,
    PushOutlet,
    PushFeed,
    RoomWatch,
    BreakoutPushes,
    PermissionPushes,
    JoinedView,
    JoinOverSocket,
    Acknowledge,
  ],
})
export class PlatformDialectModule {}

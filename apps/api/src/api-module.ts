import { type DynamicModule, Module } from '@nestjs/common';
import { AuthModule } from './auth/auth-module.js';
import { BreakoutsModule } from './breakouts/breakouts-module.js';
import { ChatModule } from './chat/chat-module.js';
import { MeetingsDialectModule } from './dialects/meetings/meetings-dialect-module.js';
import { ParleyDialectModule } from './dialects/parley/parley-dialect-module.js';
import { PlatformDialectModule } from './dialects/platform/platform-dialect-module.js';
import { FactsModule } from './facts/facts-module.js';
import { LivekitModule } from './livekit/livekit-module.js';
import { MediaModule } from './media/media-module.js';
import { MeetingsModule } from './meetings/meetings-module.js';
import { ParticipantsModule } from './participants/participants-module.js';
import { PlatformModule, type PlatformParts } from './platform/platform-module.js';
import { PoliciesModule } from './policies/policies-module.js';
import { RecordingsModule } from './recordings/recordings-module.js';
import { ReplayModule } from './replay/replay-module.js';
import { RoomsModule } from './rooms/rooms-module.js';
import { UsersModule } from './users/users-module.js';
import { WebhooksModule } from './webhooks/webhooks-module.js';

@Module({})
export class ApiModule {
  static of(parts: PlatformParts): DynamicModule {
    const subjects = [
      AuthModule,
      MeetingsModule,
      ParticipantsModule,
      PoliciesModule,
      LivekitModule,
      ChatModule,
      BreakoutsModule,
      RoomsModule,
      UsersModule,
      MediaModule,
      RecordingsModule,
      ReplayModule,
      FactsModule,
      WebhooksModule,
    ];
    const dialects = [PlatformDialectModule, MeetingsDialectModule, ParleyDialectModule];
    return { module: ApiModule, imports: [PlatformModule.of(parts), ...subjects, ...dialects] };
  }
}

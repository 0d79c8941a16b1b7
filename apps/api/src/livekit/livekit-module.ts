import { Module } from '@nestjs/common';
import { IssueLivekitTokenHandler } from './issue-livekit-token.js';

@Module({ providers: [IssueLivekitTokenHandler] })
export class LivekitModule {}

import { Module } from '@nestjs/common';
import { OpenRoomHandler } from './open-room.js';

@Module({ providers: [OpenRoomHandler] })
export class RoomsModule {}

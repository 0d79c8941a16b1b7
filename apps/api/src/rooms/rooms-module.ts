import { Module } from '@nestjs/common';
import { FindRoomHandler } from './find-room.js';
import { OpenRoomHandler } from './open-room.js';

@Module({ providers: [FindRoomHandler, OpenRoomHandler] })
export class RoomsModule {}

import { Module } from '@nestjs/common';
import { AssignBreakoutRoomHandler } from './assign-breakout-room.js';
import { AutoAssignBreakoutRoomsHandler } from './auto-assign-breakout-rooms.js';
import { BreakoutTimer } from './breakout-timer.js';
import { CloseBreakoutRoomsHandler } from './close-breakout-rooms.js';
import { ListBreakoutRoomsHandler } from './list-breakout-rooms.js';
import { OpenBreakoutRoomsHandler } from './open-breakout-rooms.js';
import { ReturnFromBreakoutRoomHandler } from './return-from-breakout-room.js';

@Module({
  providers: [
    OpenBreakoutRoomsHandler,
    AutoAssignBreakoutRoomsHandler,
    AssignBreakoutRoomHandler,
    ReturnFromBreakoutRoomHandler,
    CloseBreakoutRoomsHandler,
    ListBreakoutRoomsHandler,
    BreakoutTimer,
  ],
})
export class BreakoutsModule {}

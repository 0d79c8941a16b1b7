import { IsBoolean, IsIn } from 'class-validator';
import { Documented } from '../../platform/documented.js';
import { Optional } from '../../platform/optional.js';

export class StatusBody {
  @Documented()
  @Optional()
  @IsBoolean()
  is_muted?: boolean;

  @Documented()
  @Optional()
  @IsBoolean()
  is_video_enabled?: boolean;

  @Documented()
  @Optional()
  @IsBoolean()
  is_screen_sharing?: boolean;

  @Documented()
  @Optional()
  @IsBoolean()
  is_hand_raised?: boolean;

  @Documented({ description: 'Only false: nobody goes back to the waiting room by a status' })
  @Optional()
  @IsIn([false], { message: 'is_in_waiting_room can only be false: ask to join to enter the waiting room' })
  is_in_waiting_room?: false;
}

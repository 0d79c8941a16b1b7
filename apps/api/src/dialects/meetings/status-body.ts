import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn } from 'class-validator';
import { Optional } from '../../platform/optional.js';

export class StatusBody {
  @ApiPropertyOptional()
  @Optional()
  @IsBoolean()
  is_muted?: boolean;

  @ApiPropertyOptional()
  @Optional()
  @IsBoolean()
  is_video_enabled?: boolean;

  @ApiPropertyOptional()
  @Optional()
  @IsBoolean()
  is_screen_sharing?: boolean;

  @ApiPropertyOptional()
  @Optional()
  @IsBoolean()
  is_hand_raised?: boolean;

  @ApiPropertyOptional({ description: 'Only false: nobody goes back to the waiting room by a status' })
  @Optional()
  @IsIn([false], { message: 'is_in_waiting_room can only be false: ask to join to enter the waiting room' })
  is_in_waiting_room?: false;
}

import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { MAX_BREAKOUT_MINUTES, MAX_BREAKOUT_ROOMS, MAX_MESSAGE_LENGTH } from '#libs/domain';
import { ID_PATTERN, MeetingPath } from '../../meetings/meeting-id.js';
import { Optional } from '../../platform/optional.js';

class BreakoutRoomSettings {
  @ApiPropertyOptional({ default: true })
  @Optional()
  @IsBoolean()
  allow_chat?: boolean;

  @ApiPropertyOptional({ default: true, example: false })
  @Optional()
  @IsBoolean()
  allow_screen_share?: boolean;
}

class BreakoutRoomBody {
  @ApiPropertyOptional({
    example: 'Breakout Room 1',
    description: '`Breakout Room` and its number by default',
  })
  @Optional({ nullable: true })
  @IsString()
  @Length(1, 100)
  name?: string | null;

  @ApiPropertyOptional({ example: 'Discussion group for project planning', nullable: true })
  @Optional({ nullable: true })
  @IsString()
  @MaxLength(1000)
  description?: string | null;

  @ApiPropertyOptional({
    example: 5,
    nullable: true,
    description: 'How many may be in it; no limit by default',
  })
  @Optional({ nullable: true })
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  capacity?: number | null;

  @ApiPropertyOptional({ type: BreakoutRoomSettings })
  @Optional({ nullable: true })
  @IsObject()
  @ValidateNested()
  @Type(() => BreakoutRoomSettings)
  settings?: BreakoutRoomSettings | null;
}

export class BreakoutRoomsBody {
  @ApiProperty({ example: 3, minimum: 1, maximum: MAX_BREAKOUT_ROOMS })
  @IsInt()
  @Min(1)
  @Max(MAX_BREAKOUT_ROOMS)
  room_count!: number;

  @ApiPropertyOptional({
    type: [BreakoutRoomBody],
    description: 'The first of the rooms; the others are like any',
  })
  @Optional({ nullable: true })
  @IsArray()
  @ArrayMaxSize(MAX_BREAKOUT_ROOMS)
  @ValidateNested({ each: true })
  @Type(() => BreakoutRoomBody)
  rooms?: BreakoutRoomBody[] | null;

  @ApiPropertyOptional({
    default: false,
    description: 'Spreads all but host and co-hosts evenly over the rooms',
  })
  @Optional()
  @IsBoolean()
  auto_assign?: boolean;

  @ApiPropertyOptional({ default: false, example: true })
  @Optional()
  @IsBoolean()
  allow_participants_to_choose?: boolean;

  @ApiPropertyOptional({ default: true })
  @Optional()
  @IsBoolean()
  allow_participants_to_return?: boolean;

  @ApiPropertyOptional({ example: 30, nullable: true, description: 'The rooms close by themselves after it' })
  @Optional({ nullable: true })
  @IsInt()
  @Min(1)
  @Max(MAX_BREAKOUT_MINUTES)
  time_limit_minutes?: number | null;
}

export class AssignBody {
  @ApiProperty({ example: 'grace' })
  @IsString()
  @Length(1, 128)
  participant_user_id!: string;

  @ApiProperty({ example: '01HXYZ888888888ABCDEFGHJKM' })
  @Matches(ID_PATTERN, { message: 'breakout_room_id must be 1 to 64 letters, digits, dashes or underscores' })
  breakout_room_id!: string;

  @ApiPropertyOptional({ enum: ['manual'], default: 'manual' })
  @Optional({ nullable: true })
  @IsIn(['manual'], {
    message: 'assignment_type must be manual; POST breakout-rooms/auto-assign spreads people over the rooms',
  })
  assignment_type?: 'manual' | null;
}

export class ReturnBody {
  @ApiPropertyOptional({ nullable: true, description: 'Another than oneself, by host or co-host' })
  @Optional({ nullable: true })
  @IsString()
  @Length(1, 128)
  participant_user_id?: string | null;
}

export class BroadcastBody {
  @ApiProperty({ example: 'Two more minutes!', maxLength: MAX_MESSAGE_LENGTH })
  @IsString()
  @MaxLength(MAX_MESSAGE_LENGTH)
  content!: string;
}

export class BreakoutRoomPath extends MeetingPath {
  @ApiProperty({ example: '01HXYZ888888888ABCDEFGHJKM' })
  @Matches(ID_PATTERN, { message: 'roomId must be 1 to 64 letters, digits, dashes or underscores' })
  roomId!: string;
}

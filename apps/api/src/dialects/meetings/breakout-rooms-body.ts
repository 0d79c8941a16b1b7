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
import { Documented } from '../../platform/documented.js';
import { Optional } from '../../platform/optional.js';

class BreakoutRoomSettings {
  @Documented({ default: true })
  @Optional()
  @IsBoolean()
  allow_chat?: boolean;

  @Documented({ default: true, example: false })
  @Optional()
  @IsBoolean()
  allow_screen_share?: boolean;
}

class BreakoutRoomBody {
  @Documented({
    example: 'Breakout Room 1',
    description: '`Breakout Room` and its number by default',
  })
  @Optional({ nullable: true })
  @IsString()
  @Length(1, 100)
  name?: string | null;

  @Documented({ example: 'Discussion group for project planning' })
  @Optional({ nullable: true })
  @IsString()
  @MaxLength(1000)
  description?: string | null;

  @Documented({
    example: 5,
    description: 'How many may be in it; no limit by default',
  })
  @Optional({ nullable: true })
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  capacity?: number | null;

  @Documented({ type: BreakoutRoomSettings })
  @Optional({ nullable: true })
  @IsObject()
  @ValidateNested()
  @Type(() => BreakoutRoomSettings)
  settings?: BreakoutRoomSettings | null;
}

export class BreakoutRoomsBody {
  @Documented({ example: 3 })
  @IsInt()
  @Min(1)
  @Max(MAX_BREAKOUT_ROOMS)
  room_count!: number;

  @Documented({
    type: [BreakoutRoomBody],
    description: 'The first of the rooms; the others are like any',
  })
  @Optional({ nullable: true })
  @IsArray()
  @ArrayMaxSize(MAX_BREAKOUT_ROOMS)
  @ValidateNested({ each: true })
  @Type(() => BreakoutRoomBody)
  rooms?: BreakoutRoomBody[] | null;

  @Documented({
    default: false,
    description: 'Spreads all but host and co-hosts evenly over the rooms',
  })
  @Optional()
  @IsBoolean()
  auto_assign?: boolean;

  @Documented({ default: false, example: true })
  @Optional()
  @IsBoolean()
  allow_participants_to_choose?: boolean;

  @Documented({ default: true })
  @Optional()
  @IsBoolean()
  allow_participants_to_return?: boolean;

  @Documented({ example: 30, description: 'The rooms close by themselves after it' })
  @Optional({ nullable: true })
  @IsInt()
  @Min(1)
  @Max(MAX_BREAKOUT_MINUTES)
  time_limit_minutes?: number | null;
}

export class AssignBody {
  @Documented({ example: 'grace' })
  @IsString()
  @Length(1, 128)
  participant_user_id!: string;

  @Documented({ example: '01HXYZ888888888ABCDEFGHJKM' })
  @Matches(ID_PATTERN, { message: 'breakout_room_id must be 1 to 64 letters, digits, dashes or underscores' })
  breakout_room_id!: string;

  @Documented({ default: 'manual' })
  @Optional({ nullable: true })
  @IsIn(['manual'], {
    message: 'assignment_type must be manual; POST breakout-rooms/auto-assign spreads people over the rooms',
  })
  assignment_type?: 'manual' | null;
}

export class ReturnBody {
  @Documented({ description: 'Another than oneself, by host or co-host' })
  @Optional({ nullable: true })
  @IsString()
  @Length(1, 128)
  participant_user_id?: string | null;
}

export class BroadcastBody {
  @Documented({ example: 'Two more minutes!' })
  @IsString()
  @MaxLength(MAX_MESSAGE_LENGTH)
  content!: string;
}

export class BreakoutRoomPath extends MeetingPath {
  @Documented({ example: '01HXYZ888888888ABCDEFGHJKM' })
  @Matches(ID_PATTERN, { message: 'roomId must be 1 to 64 letters, digits, dashes or underscores' })
  roomId!: string;
}

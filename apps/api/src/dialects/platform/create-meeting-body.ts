import { Type } from 'class-transformer';
import {
  IsBoolean,
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
import { Documented } from '../../platform/documented.js';
import { IsInstant } from '../../platform/instant.js';
import { Optional } from '../../platform/optional.js';

export class MeetingSettingsBody {
  @Documented({ example: 50, default: 100 })
  @Optional()
  @IsInt()
  @Min(1)
  @Max(1000)
  max_participants?: number;

  @Documented({ example: true })
  @Optional()
  @IsBoolean()
  require_password?: boolean;

  @Documented({ example: 'meeting123' })
  @Optional()
  @IsString()
  @Length(1, 128)
  password?: string;

  @Documented({ default: false })
  @Optional()
  @IsBoolean()
  waiting_room_enabled?: boolean;

  @Documented({ default: true })
  @Optional()
  @IsBoolean()
  recording_enabled?: boolean;

  @Documented({ default: false })
  @Optional()
  @IsBoolean()
  auto_record?: boolean;

  @Documented({ default: true })
  @Optional()
  @IsBoolean()
  chat_enabled?: boolean;

  @Documented({ default: true })
  @Optional()
  @IsBoolean()
  screen_share_enabled?: boolean;
}

export class CreateMeetingBody {
  @Documented({ example: 'Team Standup' })
  @IsString()
  @Length(1, 200)
  @Matches(/\S/, { message: 'title must not be blank' })
  title!: string;

  @Documented({ example: 'Daily team sync' })
  @Optional({ nullable: true })
  @IsString()
  @MaxLength(2000)
  description?: string | null;

  @Documented({ example: '2024-01-15T10:00:00Z', description: 'ISO 8601' })
  @Optional({ nullable: true })
  @IsInstant()
  scheduled_start_time?: string | null;

  @Documented({ example: '2024-01-15T10:30:00Z', description: 'ISO 8601' })
  @Optional({ nullable: true })
  @IsInstant()
  scheduled_end_time?: string | null;

  @Documented({ type: MeetingSettingsBody })
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => MeetingSettingsBody)
  settings?: MeetingSettingsBody;
}

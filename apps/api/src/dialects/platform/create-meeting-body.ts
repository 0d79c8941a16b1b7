import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
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
import { IsInstant } from '../../platform/instant.js';
import { Optional } from '../../platform/optional.js';

export class MeetingSettingsBody {
  @ApiPropertyOptional({ example: 50, minimum: 1, maximum: 1000, default: 100 })
  @Optional()
  @IsInt()
  @Min(1)
  @Max(1000)
  max_participants?: number;

  @ApiPropertyOptional({ example: true })
  @Optional()
  @IsBoolean()
  require_password?: boolean;

  @ApiPropertyOptional({ example: 'meeting123', maxLength: 128 })
  @Optional()
  @IsString()
  @Length(1, 128)
  password?: string;

  @ApiPropertyOptional({ default: false })
  @Optional()
  @IsBoolean()
  waiting_room_enabled?: boolean;

  @ApiPropertyOptional({ default: true })
  @Optional()
  @IsBoolean()
  recording_enabled?: boolean;

  @ApiPropertyOptional({ default: false })
  @Optional()
  @IsBoolean()
  auto_record?: boolean;

  @ApiPropertyOptional({ default: true })
  @Optional()
  @IsBoolean()
  chat_enabled?: boolean;

  @ApiPropertyOptional({ default: true })
  @Optional()
  @IsBoolean()
  screen_share_enabled?: boolean;
}

export class CreateMeetingBody {
  @ApiProperty({ example: 'Team Standup', maxLength: 200 })
  @IsString()
  @Length(1, 200)
  @Matches(/\S/, { message: 'title must not be blank' })
  title!: string;

  @ApiPropertyOptional({ example: 'Daily team sync', maxLength: 2000 })
  @Optional({ nullable: true })
  @IsString()
  @MaxLength(2000)
  description?: string | null;

  @ApiPropertyOptional({ example: '2024-01-15T10:00:00Z', description: 'ISO 8601' })
  @Optional({ nullable: true })
  @IsInstant()
  scheduled_start_time?: string | null;

  @ApiPropertyOptional({ example: '2024-01-15T10:30:00Z', description: 'ISO 8601' })
  @Optional({ nullable: true })
  @IsInstant()
  scheduled_end_time?: string | null;

  @ApiPropertyOptional({ type: MeetingSettingsBody })
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => MeetingSettingsBody)
  settings?: MeetingSettingsBody;
}

import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsString, Length } from 'class-validator';
import { DEVICE_TYPES, type DeviceType } from '#libs/domain';
import { Optional } from '../../platform/optional.js';

export class JoinBody {
  @ApiPropertyOptional({ example: 'conn_123456789', description: "The client's own name for its connection" })
  @Optional({ nullable: true })
  @IsString()
  @Length(1, 128)
  connection_id?: string | null;

  @ApiPropertyOptional({ enum: DEVICE_TYPES, example: 'desktop' })
  @Optional({ nullable: true })
  @IsIn(DEVICE_TYPES)
  device_type?: DeviceType | null;

  @ApiPropertyOptional({ default: false })
  @Optional()
  @IsBoolean()
  join_muted?: boolean;

  @ApiPropertyOptional({ default: false })
  @Optional()
  @IsBoolean()
  join_without_video?: boolean;

  @ApiPropertyOptional({ description: "The meeting's password, where it has one" })
  @Optional({ nullable: true })
  @IsString()
  @Length(1, 128)
  password?: string | null;

  @ApiPropertyOptional({ description: "Shown instead of the token's name" })
  @Optional({ nullable: true })
  @IsString()
  @Length(1, 100)
  display_name?: string | null;
}

import { IsBoolean, IsIn, IsString, Length } from 'class-validator';
import { DEVICE_TYPES, type DeviceType } from '#libs/domain';
import { Documented } from '../../platform/documented.js';
import { Optional } from '../../platform/optional.js';

export class JoinBody {
  @Documented({ example: 'conn_123456789', description: "The client's own name for its connection" })
  @Optional({ nullable: true })
  @IsString()
  @Length(1, 128)
  connection_id?: string | null;

  @Documented({ example: 'desktop' })
  @Optional({ nullable: true })
  @IsIn(DEVICE_TYPES)
  device_type?: DeviceType | null;

  @Documented({ default: false })
  @Optional()
  @IsBoolean()
  join_muted?: boolean;

  @Documented({ default: false })
  @Optional()
  @IsBoolean()
  join_without_video?: boolean;

  @Documented({ description: "The meeting's password, where it has one" })
  @Optional({ nullable: true })
  @IsString()
  @Length(1, 128)
  password?: string | null;

  @Documented({ description: "Shown instead of the token's name" })
  @Optional({ nullable: true })
  @IsString()
  @Length(1, 100)
  display_name?: string | null;
}

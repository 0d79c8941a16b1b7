import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { MAX_LISTED, PERMISSIONS, type Permission } from '#libs/domain';
import { Documented } from '../../platform/documented.js';
import { Optional } from '../../platform/optional.js';

/** Of DNS, two labels at least, in ASCII: names in other scripts in their `xn--` form. */
const DOMAIN =
  /^(?=.{1,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

/** What is not named stays as it is. */
export class PolicyBody {
  @Documented({ example: true })
  @Optional()
  @IsBoolean()
  require_waiting_room?: boolean;

  @Documented({ example: false, description: 'false takes the password off' })
  @Optional()
  @IsBoolean()
  require_password?: boolean;

  @Documented({
    description: "The meeting's password from now on; needed when one is required and there is none yet",
  })
  @Optional()
  @IsString()
  @Length(1, 128)
  password?: string;

  @Documented({ example: false, description: 'Whether guests may join' })
  @Optional()
  @IsBoolean()
  allow_anonymous_join?: boolean;

  @Documented({
    example: 50,
    description: 'Nobody has to go when it is less',
  })
  @Optional()
  @IsInt()
  @Min(1)
  @Max(1000)
  max_participants?: number;

  @Documented({
    example: ['example.com', 'company.com'],
    description: 'Domains of e-mail addresses whose users may join; empty: all',
  })
  @Optional()
  @IsArray()
  @ArrayMaxSize(MAX_LISTED)
  @IsString({ each: true })
  @Matches(DOMAIN, {
    each: true,
    message: 'each of allowed_domains must be a domain name, such as example.com',
  })
  allowed_domains?: string[];

  @Documented({
    example: [],
    description: 'Ids of users who may not join; those who are in have to go',
  })
  @Optional()
  @IsArray()
  @ArrayMaxSize(MAX_LISTED)
  @IsString({ each: true })
  @Length(1, 128, { each: true })
  blocked_users?: string[];

  @Documented({ example: 'host', description: 'host: host and co-hosts' })
  @Optional()
  @IsIn(PERMISSIONS)
  recording_permissions?: Permission;

  @Documented({ example: 'all' })
  @Optional()
  @IsIn(PERMISSIONS)
  screen_share_permissions?: Permission;

  @Documented({ example: 'all' })
  @Optional()
  @IsIn(PERMISSIONS)
  chat_permissions?: Permission;

  @Documented({
    example: true,
    description:
      'Mutes those who are in, too, once, when it is switched on; host and co-hosts are left alone',
  })
  @Optional()
  @IsBoolean()
  mute_on_entry?: boolean;

  @Documented({ example: false, description: 'Camera off for all but host and co-hosts' })
  @Optional()
  @IsBoolean()
  disable_camera?: boolean;

  @Documented({ example: false, description: 'Nobody else may join' })
  @Optional()
  @IsBoolean()
  lock_meeting?: boolean;
}

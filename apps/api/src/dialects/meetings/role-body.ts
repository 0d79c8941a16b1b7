import { IsIn } from 'class-validator';
import { MEETING_ROLES, type MeetingRole } from '#libs/domain';
import { Documented } from '../../platform/documented.js';

export class RoleBody {
  @Documented({
    description: 'host hands the role over: the host before is a co-host then',
  })
  @IsIn(MEETING_ROLES)
  role!: MeetingRole;
}

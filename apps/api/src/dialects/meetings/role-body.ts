import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { MEETING_ROLES, type MeetingRole } from '#libs/domain';

export class RoleBody {
  @ApiProperty({
    enum: MEETING_ROLES,
    description: 'host hands the role over: the host before is a co-host then',
  })
  @IsIn(MEETING_ROLES)
  role!: MeetingRole;
}

import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { MeetingPath } from '../../meetings/meeting-id.js';

/** One user in one meeting. */
export class UserPath extends MeetingPath {
  @ApiProperty({ example: 'grace', minLength: 1, maxLength: 128 })
  @IsString()
  @Length(1, 128)
  userId!: string;
}

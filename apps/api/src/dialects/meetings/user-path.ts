import { IsString, Length } from 'class-validator';
import { MeetingPath } from '../../meetings/meeting-id.js';
import { Documented } from '../../platform/documented.js';

/** One user in one meeting. */
export class UserPath extends MeetingPath {
  @Documented({ example: 'grace' })
  @IsString()
  @Length(1, 128)
  userId!: string;
}

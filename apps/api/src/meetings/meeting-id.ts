import { Matches } from 'class-validator';
import { Documented } from '../platform/documented.js';

/** What an id may look like; whether there is such a thing is another question. */
export const ID_PATTERN = /^[A-Za-z0-9_-]{1,64}$/;

export class MeetingPath {
  @Documented({ example: '01HXYZ123456789ABCDEFGHIJK' })
  @Matches(ID_PATTERN, { message: 'id must be 1 to 64 letters, digits, dashes or underscores' })
  id!: string;
}

import { Type } from 'class-transformer';
import { IsInt, Matches, Max, Min } from 'class-validator';
import { ID_PATTERN } from '../../meetings/meeting-id.js';
import { Documented } from '../../platform/documented.js';
import { Optional } from '../../platform/optional.js';

export class RecordingsQuery {
  @Documented({ description: "Only this meeting's" })
  @Optional()
  @Matches(ID_PATTERN, { message: 'meeting_id must be 1 to 64 letters, digits, dashes or underscores' })
  meeting_id?: string;

  @Documented({ default: 20 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit = 20;

  @Documented({ default: 0 })
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  offset = 0;
}

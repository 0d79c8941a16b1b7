import { IsString } from 'class-validator';
import { Documented } from '../../platform/documented.js';
import { Optional } from '../../platform/optional.js';

const MOMENT = "A time (ISO 8601 with its zone) or a revision of the meeting's own stream (an integer)";

/** Which moment: what stands in the fields is understood by `eventsUpTo`, which knows the meeting. */
export class StateQuery {
  @Documented({ description: `${MOMENT}; now when absent`, example: '2024-01-15T10:30:00Z' })
  @Optional()
  @IsString()
  at?: string;

  @Documented({
    schema: { type: 'integer', minimum: 0 },
    description: 'Instead of at: a position of the log',
  })
  @Optional()
  @IsString()
  position?: string;
}

export class DiffQuery {
  @Documented({ description: MOMENT, example: '2024-01-15T10:10:00Z' })
  @IsString({ message: 'from must say from which moment: a time in ISO 8601 or a revision' })
  from!: string;

  @Documented({ description: `${MOMENT}; now when absent`, example: '4' })
  @Optional()
  @IsString()
  to?: string;
}

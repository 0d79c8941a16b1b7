import { IsString, Length, Matches } from 'class-validator';
import { Documented } from '../../platform/documented.js';
import { Optional } from '../../platform/optional.js';

export class TokenBody {
  @Documented({ example: 'grace', description: 'Whose token; absent: one’s own' })
  @Optional({ nullable: true })
  @IsString()
  @Length(1, 128)
  user_id?: string | null;

  @Documented({
    example: 'John Doe',
    description: 'The name that others see on the LiveKit server; absent: that in the meeting',
  })
  @Optional({ nullable: true })
  @IsString()
  @Length(1, 100)
  @Matches(/\S/, { message: 'user_name must not be blank' })
  user_name?: string | null;
}

import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length, Matches } from 'class-validator';
import { Optional } from '../../platform/optional.js';

export class TokenBody {
  @ApiPropertyOptional({ example: 'grace', description: 'Whose token; absent: one’s own', maxLength: 128 })
  @Optional({ nullable: true })
  @IsString()
  @Length(1, 128)
  user_id?: string | null;

  @ApiPropertyOptional({
    example: 'John Doe',
    description: 'The name that others see on the LiveKit server; absent: that in the meeting',
    maxLength: 100,
  })
  @Optional({ nullable: true })
  @IsString()
  @Length(1, 100)
  @Matches(/\S/, { message: 'user_name must not be blank' })
  user_name?: string | null;
}

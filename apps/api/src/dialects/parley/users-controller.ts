import { Controller, Delete, HttpCode, Param, UseFilters } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { IsString, Length, Matches } from 'class-validator';
import { Context } from '../../auth/request-context-param.js';
import type { RequestContext } from '../../platform/request-context.js';
import { EraseUser } from '../../users/erase-user.js';
import { PlatformErrorFilter } from '../platform/platform-error-filter.js';
import { PlatformAnswers } from '../platform/platform-answers.js';
import { Documented } from '../../platform/documented.js';

class UserPath {
  @Documented({ example: 'ada' })
  @IsString()
  @Length(1, 128)
  @Matches(/^\P{Cc}*$/u, { message: 'userId must not hold control characters' })
  userId!: string;
}

@ApiTags('Users')
@ApiBearerAuth()
@UseFilters(PlatformErrorFilter)
@Controller('api/v1/users')
export class UsersController {
  constructor(private readonly commands: CommandBus) {}

  @Delete(':userId')
  @HttpCode(204)
  @PlatformAnswers(
    { status: 204, description: 'No personal data of the user can be read any more' },
    'INSUFFICIENT_PERMISSION',
    'RATE_LIMIT_EXCEEDED',
    'UNAVAILABLE',
  )
  @ApiOperation({
    summary:
      "Erase a user's names, email and messages everywhere (oneself, or role admin); replay shows [erased]",
  })
  async erase(@Param() { userId }: UserPath, @Context() context: RequestContext): Promise<void> {
    await this.commands.execute(new EraseUser(userId, context));
  }
}

import { Controller, HttpCode, Post, UseFilters } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DomainError, isAdmin } from '#libs/domain';
import { ProjectionRunner } from '#libs/read-models';
import { Context } from '../../auth/request-context-param.js';
import type { RequestContext } from '../../platform/request-context.js';
import { PlatformErrorFilter } from '../platform/platform-error-filter.js';
import { PlatformAnswers } from '../platform/platform-answers.js';

@ApiTags('Administration')
@ApiBearerAuth()
@UseFilters(PlatformErrorFilter)
@Controller('api/v1/admin')
export class AdminController {
  constructor(private readonly projections: ProjectionRunner) {}

  @Post('read-models/rebuild')
  @HttpCode(200)
  @PlatformAnswers(
    { description: 'All read models are built', example: { rebuilt: true, milliseconds: 420 } },
    'INSUFFICIENT_PERMISSION',
  )
  @ApiOperation({ summary: 'Drop all read models and build them again from the log (role admin)' })
  async rebuild(@Context() { by }: RequestContext): Promise<unknown> {
    if (!isAdmin(by)) throw new DomainError('INSUFFICIENT_PERMISSION', {}, 'Only the role admin may do this');
    const begun = Date.now();
    await this.projections.rebuild();
    return { rebuilt: true, milliseconds: Date.now() - begun };
  }
}

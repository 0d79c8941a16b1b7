import { Controller, Get, Header, Res, UseFilters } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../auth/jwt-guard.js';
import { Health } from '../../platform/health.js';
import { registry } from '../../platform/metrics.js';
import { PlatformErrorFilter } from '../platform/platform-error-filter.js';

@ApiTags('Operations')
@Public()
@UseFilters(PlatformErrorFilter)
@Controller()
export class OperationsController {
  constructor(private readonly health: Health) {}

  @Get('health')
  @ApiOperation({ summary: '200 when all parts are ready, 503 otherwise, with the state of each' })
  async healthy(@Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    const report = await this.health.report();
    reply.status(report.status === 'healthy' ? 200 : 503).header('cache-control', 'no-store');
    return report;
  }

  @Get('metrics')
  @Header('content-type', registry.contentType)
  @ApiOperation({ summary: "Metrics in Prometheus' text format" })
  metrics(): Promise<string> {
    return registry.metrics();
  }
}

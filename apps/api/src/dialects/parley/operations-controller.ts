import { Controller, Get, Header, Res, UseFilters } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../auth/jwt-guard.js';
import { Health } from '../../platform/health.js';
import { registry } from '../../platform/metrics.js';
import { PlatformErrorFilter } from '../platform/platform-error-filter.js';
import { ApiAnswers } from '../../platform/api-answers.js';

const SERVICES = {
  event_log: 'healthy',
  redis: 'healthy',
  read_models: 'healthy',
  media_worker: 'healthy',
  recorder: 'healthy',
};
const HEALTHY = { status: 'healthy', timestamp: '2024-01-15T10:30:00.000Z', services: SERVICES };
const UNHEALTHY = { ...HEALTHY, status: 'unhealthy', services: { ...SERVICES, recorder: 'unhealthy' } };

@ApiTags('Operations')
@Public()
@UseFilters(PlatformErrorFilter)
@Controller()
export class OperationsController {
  constructor(private readonly health: Health) {}

  @Get('health')
  @ApiAnswers({ description: 'All parts are ready', example: HEALTHY }, [])
  @ApiAnswers({ status: 503, description: 'Some part is missing', example: UNHEALTHY }, [])
  @ApiOperation({ summary: '200 when all parts are ready, 503 otherwise, with the state of each' })
  async healthy(@Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    const report = await this.health.report();
    reply.status(report.status === 'healthy' ? 200 : 503).header('cache-control', 'no-store');
    return report;
  }

  @Get('metrics')
  @Header('content-type', registry.contentType)
  @ApiAnswers({ description: 'Text of the format version 0.0.4' }, [])
  @ApiOperation({ summary: "Metrics in Prometheus' text format" })
  metrics(): Promise<string> {
    return registry.metrics();
  }
}

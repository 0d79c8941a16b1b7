import { Catch } from '@nestjs/common';
import { RefusalFilter } from '../../platform/refusal-filter.js';
import type { Refusal } from '../../platform/refusal.js';
import { platformError } from './platform-error.js';

@Catch()
export class PlatformErrorFilter extends RefusalFilter {
  protected override body(refusal: Refusal, requestId: string): unknown {
    return { error: platformError(refusal, requestId) };
  }
}

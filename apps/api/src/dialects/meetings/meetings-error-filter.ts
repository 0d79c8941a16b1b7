import { Catch } from '@nestjs/common';
import { RefusalFilter } from '../../platform/refusal-filter.js';
import type { Refusal } from '../../platform/refusal.js';
import { meetingsErrorBody } from './meetings-error.js';

@Catch()
export class MeetingsErrorFilter extends RefusalFilter {
  protected override body(refusal: Refusal, requestId: string): unknown {
    return meetingsErrorBody(refusal, requestId);
  }
}

import { Catch } from '@nestjs/common';
import { RefusalFilter } from '../../platform/refusal-filter.js';
import type { Refusal } from '../../platform/refusal.js';
import { meetingsWord } from './meetings-word.js';

@Catch()
export class MeetingsErrorFilter extends RefusalFilter {
  protected override body({ code, message, details }: Refusal, requestId: string): unknown {
    return {
      status: 'error',
      message,
      code: meetingsWord(code),
      details: { ...details, request_id: requestId },
      timestamp: new Date().toISOString(),
    };
  }
}

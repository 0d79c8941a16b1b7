import { Catch } from '@nestjs/common';
import type { ErrorCode } from '#libs/domain';
import { RefusalFilter } from '../../platform/refusal-filter.js';
import type { Refusal } from '../../platform/refusal.js';

/** Where the meetings document has another word for a code of Parley's error table. */
const WORD: Partial<Record<ErrorCode, string>> = { NOT_IN_MEETING: 'INSUFFICIENT_PERMISSION' };

@Catch()
export class MeetingsErrorFilter extends RefusalFilter {
  protected override body({ code, message, details }: Refusal, requestId: string): unknown {
    return {
      status: 'error',
      message,
      code: WORD[code] ?? code,
      details: { ...details, request_id: requestId },
      timestamp: new Date().toISOString(),
    };
  }
}

import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import {
  MAX_WEBHOOK_DESCRIPTION_LENGTH,
  MAX_WEBHOOK_URL_LENGTH,
  WEBHOOK_EVENT_NAMES,
  WEBHOOK_FORMATS,
  type WebhookFormat,
} from '#libs/domain';
import { ID_PATTERN } from '../../meetings/meeting-id.js';
import { Documented } from '../../platform/documented.js';
import { Optional } from '../../platform/optional.js';
import { DELIVERY_STATUSES, type DeliveryStatus } from '../../webhooks/webhook-database.js';

const URL_EXAMPLE = 'https://hooks.example.org/parley';
const EVENTS = {
  example: ['meeting.started', 'meeting.ended'],
  schema: { type: 'array', maxItems: 100, items: { type: 'string', enum: WEBHOOK_EVENT_NAMES } },
  description: 'Empty: all but chat.message, which is sent only where it is named',
};

export class WebhookPath {
  @Documented({ example: '01KAYC6S8U1W3Y5B7D9F2H4K6N' })
  @Matches(ID_PATTERN, { message: 'id must be 1 to 64 letters, digits, dashes or underscores' })
  id!: string;
}

export class CreateWebhookBody {
  @Documented({ example: URL_EXAMPLE })
  @IsString()
  @Length(1, MAX_WEBHOOK_URL_LENGTH)
  url!: string;

  @Documented({ ...EVENTS, default: [] })
  @Optional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  events?: string[];

  @Documented({
    default: 'meetings',
    description: 'Whose words the messages have',
  })
  @Optional()
  @IsIn(WEBHOOK_FORMATS)
  format?: WebhookFormat;

  @Documented({ example: 'Tells the calendar' })
  @Optional()
  @IsString()
  @MaxLength(MAX_WEBHOOK_DESCRIPTION_LENGTH)
  description?: string;
}

export class ChangeWebhookBody {
  @Documented({ example: URL_EXAMPLE })
  @Optional()
  @IsString()
  @Length(1, MAX_WEBHOOK_URL_LENGTH)
  url?: string;

  @Documented(EVENTS)
  @Optional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  events?: string[];

  @Documented({
    example: 'Tells the calendar',
    description: 'Empty: none',
  })
  @Optional()
  @IsString()
  @MaxLength(MAX_WEBHOOK_DESCRIPTION_LENGTH)
  description?: string;

  @Documented({
    example: true,
    description: 'false: nothing is sent, and what happens meanwhile is not queued',
  })
  @Optional()
  @IsBoolean()
  enabled?: boolean;
}

export class RedeliverBody {
  @Documented({
    example: 1042,
    description: 'Position of the first event to be told of again',
  })
  @Optional()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  from_position?: number;

  @Documented({
    example: 'msg_01KAYBEVENT00000000000042A',
    description: 'One delivery alone',
  })
  @Optional()
  @IsString()
  @Length(1, 80)
  delivery_id?: string;
}

export class DeliveriesQuery {
  @Documented()
  @Optional()
  @IsIn(DELIVERY_STATUSES)
  status?: DeliveryStatus;

  @Documented({ default: 20 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit = 20;

  @Documented({ description: '`next_before` of the page before' })
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  before?: number;
}

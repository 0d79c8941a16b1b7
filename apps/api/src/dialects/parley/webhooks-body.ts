import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
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
import { Optional } from '../../platform/optional.js';
import { DELIVERY_STATUSES, type DeliveryStatus } from '../../webhooks/webhook-database.js';

const URL_EXAMPLE = 'https://hooks.example.org/parley';
const EVENTS = {
  example: ['meeting.started', 'meeting.ended'],
  enum: WEBHOOK_EVENT_NAMES,
  isArray: true,
  description: 'Empty: all but chat.message, which is sent only where it is named',
};

export class WebhookPath {
  @ApiProperty({ example: '01KAYC6S8U1W3Y5B7D9F2H4K6N', maxLength: 64 })
  @Matches(ID_PATTERN, { message: 'id must be 1 to 64 letters, digits, dashes or underscores' })
  id!: string;
}

export class CreateWebhookBody {
  @ApiProperty({ example: URL_EXAMPLE, maxLength: MAX_WEBHOOK_URL_LENGTH })
  @IsString()
  @Length(1, MAX_WEBHOOK_URL_LENGTH)
  url!: string;

  @ApiPropertyOptional({ ...EVENTS, default: [] })
  @Optional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  events?: string[];

  @ApiPropertyOptional({
    enum: WEBHOOK_FORMATS,
    default: 'meetings',
    description: 'Whose words the messages have',
  })
  @Optional()
  @IsIn(WEBHOOK_FORMATS)
  format?: WebhookFormat;

  @ApiPropertyOptional({ example: 'Tells the calendar', maxLength: MAX_WEBHOOK_DESCRIPTION_LENGTH })
  @Optional()
  @IsString()
  @MaxLength(MAX_WEBHOOK_DESCRIPTION_LENGTH)
  description?: string;
}

export class ChangeWebhookBody {
  @ApiPropertyOptional({ example: URL_EXAMPLE, maxLength: MAX_WEBHOOK_URL_LENGTH })
  @Optional()
  @IsString()
  @Length(1, MAX_WEBHOOK_URL_LENGTH)
  url?: string;

  @ApiPropertyOptional(EVENTS)
  @Optional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  events?: string[];

  @ApiPropertyOptional({
    example: 'Tells the calendar',
    maxLength: MAX_WEBHOOK_DESCRIPTION_LENGTH,
    description: 'Empty: none',
  })
  @Optional()
  @IsString()
  @MaxLength(MAX_WEBHOOK_DESCRIPTION_LENGTH)
  description?: string;

  @ApiPropertyOptional({
    example: true,
    description: 'false: nothing is sent, and what happens meanwhile is not queued',
  })
  @Optional()
  @IsBoolean()
  enabled?: boolean;
}

export class RedeliverBody {
  @ApiPropertyOptional({
    example: 1042,
    minimum: 0,
    description: 'Position of the first event to be told of again',
  })
  @Optional()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  from_position?: number;

  @ApiPropertyOptional({
    example: 'msg_01KAYBEVENT00000000000042A',
    maxLength: 80,
    description: 'One delivery alone',
  })
  @Optional()
  @IsString()
  @Length(1, 80)
  delivery_id?: string;
}

export class DeliveriesQuery {
  @ApiPropertyOptional({ enum: DELIVERY_STATUSES })
  @Optional()
  @IsIn(DELIVERY_STATUSES)
  status?: DeliveryStatus;

  @ApiPropertyOptional({ minimum: 1, maximum: 100, default: 20 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit = 20;

  @ApiPropertyOptional({ minimum: 0, description: '`next_before` of the page before' })
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  before?: number;
}

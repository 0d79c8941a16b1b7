import { Type } from 'class-transformer';
import { IsIn, IsInt, IsString, IsUrl, Length, Max, MaxLength, Min } from 'class-validator';
import {
  type ChatFile,
  DomainError,
  MAX_MESSAGE_LENGTH,
  MESSAGE_TYPES,
  type MessageType,
} from '#libs/domain';
import { Documented } from '../../platform/documented.js';
import { Optional } from '../../platform/optional.js';

export class ChatBody {
  @Documented({ example: 'Hello everyone!' })
  @IsString()
  @MaxLength(MAX_MESSAGE_LENGTH)
  content!: string;

  @Documented({ default: 'text' })
  @Optional()
  @IsIn(MESSAGE_TYPES)
  message_type?: MessageType;

  @Documented({ description: 'User id; the message is then private to the two' })
  @Optional({ nullable: true })
  @IsString()
  @Length(1, 128)
  recipient_id?: string | null;

  @Documented()
  @Optional({ nullable: true })
  @IsUrl({ protocols: ['https', 'http'], require_protocol: true, require_tld: false })
  @MaxLength(2048)
  file_url?: string | null;

  @Documented()
  @Optional({ nullable: true })
  @IsString()
  @Length(1, 255)
  file_name?: string | null;

  @Documented()
  @Optional({ nullable: true })
  @IsString()
  @Length(1, 255)
  file_type?: string | null;

  @Documented({ description: 'Bytes' })
  @Optional({ nullable: true })
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  file_size?: number | null;
}

/** The file of a message. @throws DomainError VALIDATION_FAILED where type and file do not go together */
export const fileOf = (body: ChatBody): ChatFile | undefined => {
  const isFile = body.message_type === 'file';
  if (!isFile && body.file_url)
    throw new DomainError('VALIDATION_FAILED', { message_type: 'must be file when file_url is given' });
  if (!isFile) return undefined;
  if (!body.file_url || !body.file_name) {
    throw new DomainError('VALIDATION_FAILED', {
      [body.file_url ? 'file_name' : 'file_url']: 'is needed when message_type is file',
    });
  }
  return {
    url: body.file_url,
    name: body.file_name,
    ...(body.file_type && { type: body.file_type }),
    ...(body.file_size != null && { size: body.file_size }),
  };
};

export class ChatHistoryQuery {
  @Documented({ default: 50 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit = 50;

  @Documented({ default: 0, description: 'How many of the newest messages to skip' })
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  offset = 0;
}

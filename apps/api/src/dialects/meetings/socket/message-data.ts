import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsNumber,
  IsObject,
  IsString,
  Length,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { MAX_REACTION_SECONDS } from '#libs/domain';
import { Optional } from '../../../platform/optional.js';
import { validationPipe } from '../../../platform/validation.js';
import { ChatBody } from '../chat-body.js';
import { JoinBody } from '../join-body.js';
import { StatusBody } from '../status-body.js';
import { type ClientMessage, refused, type Sender } from './message-frame.js';

/** Characters of what a client says of its device. */
const LONGEST_INFO = 512;

const isInfo = (value: unknown): boolean =>
  value == null || (typeof value === 'string' && value.length <= LONGEST_INFO);
/** What browsers say of themselves is anybody's guess: whatever else stands there is let be. */
const isDeviceInfo = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { device_type, browser_info } = value as Record<string, unknown>;
  return isInfo(device_type) && isInfo(browser_info);
};
const DEVICE_INFO_RULE = `device_info must be an object in which device_type and browser_info are texts of at most ${LONGEST_INFO} characters`;

export class JoinData extends JoinBody {
  @Optional({ nullable: true })
  @IsString()
  user_id?: string | null;

  /** Not asked for: the role is what the meeting says. */
  @Optional({ nullable: true })
  @IsString()
  @MaxLength(32)
  user_role?: string | null;

  @Optional({ nullable: true })
  @ValidateBy({
    name: 'isDeviceInfo',
    validator: { validate: isDeviceInfo, defaultMessage: () => DEVICE_INFO_RULE },
  })
  device_info?: { readonly device_type?: string | null; readonly browser_info?: string | null } | null;

  /** Not asked for: the server's clock says when. */
  @Optional({ nullable: true })
  @IsString()
  @MaxLength(64)
  joined_at?: string | null;
}

export class UpdateData extends StatusBody {
  /** Whom a host or co-host quietens. */
  @Optional({ nullable: true })
  @IsString()
  @Length(1, 128)
  participant_user_id?: string | null;
}

export class ChatData extends ChatBody {
  @Optional({ nullable: true })
  @IsString()
  sender_id?: string | null;

  /** Not asked for: the name is the one in the meeting. */
  @Optional({ nullable: true })
  @IsString()
  @MaxLength(256)
  sender_name?: string | null;

  @Optional({ nullable: true })
  @IsBoolean()
  is_private?: boolean | null;
}

export class ReactionData {
  @IsString()
  @Length(1, 32)
  reaction_type!: string;

  /** Seconds. */
  @Optional({ nullable: true })
  @IsNumber()
  @Min(1)
  @Max(MAX_REACTION_SECONDS)
  duration?: number | null;
}

export class HandRaiseData {
  @IsBoolean()
  is_hand_raised!: boolean;
}

/** So that a wrong field is named by its place in the message, such as `data.content`. */
const withData = <T extends object>(shape: new () => T): new () => { data: T } => {
  class WithData {
    @IsObject()
    @ValidateNested()
    @Type(() => shape)
    data!: T;
  }
  return WithData;
};

const pipe = validationPipe();

/**
 * The data of a message in its shape.
 * @throws DomainError VALIDATION_FAILED naming each field that is wrong, such as `data.content`
 */
const checked = async <T extends object>(
  metatype: new () => { data: T },
  { data }: ClientMessage,
  { userId }: Sender,
): Promise<T> => {
  const read = (await pipe.transform({ data }, { type: 'body', metatype })) as { data: T };
  // Whoever sends a message for another user is told that it would be taken for one's own.
  for (const field of ['user_id', 'sender_id'] as const) {
    const named = (read.data as Partial<Record<typeof field, unknown>>)[field];
    if (named != null && named !== userId)
      throw refused(`data.${field}`, 'must be the user of the token; it may be left out');
  }
  return read.data;
};

const checker = <T extends object>(shape: new () => T) => {
  const metatype = withData(shape);
  return (message: ClientMessage, sender: Sender): Promise<T> => checked(metatype, message, sender);
};

export const joinData = checker(JoinData);
export const updateData = checker(UpdateData);
export const chatData = checker(ChatData);
export const reactionData = checker(ReactionData);
export const handRaiseData = checker(HandRaiseData);

import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsString,
  IsUrl,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { DEVICE_TYPES, type DeviceType, MAX_MESSAGE_LENGTH, MAX_REACTION_SECONDS } from '#libs/domain';
import { ID_PATTERN } from '../../../meetings/meeting-id.js';
import { Optional } from '../../../platform/optional.js';

export class InMeeting {
  @Matches(ID_PATTERN, { message: 'meeting_id must be 1 to 64 letters, digits, dashes or underscores' })
  meeting_id!: string;
}

class UserInfo {
  @Optional({ nullable: true })
  @IsString()
  @Length(1, 100)
  display_name?: string | null;

  @Optional({ nullable: true })
  @IsUrl({ protocols: ['https', 'http'], require_protocol: true, require_tld: false })
  @MaxLength(2048)
  avatar_url?: string | null;

  @Optional({ nullable: true })
  @IsIn(DEVICE_TYPES)
  device_type?: DeviceType | null;
}

class Capabilities {
  @Optional()
  @IsBoolean()
  video?: boolean;

  @Optional()
  @IsBoolean()
  audio?: boolean;

  @Optional()
  @IsBoolean()
  screen_share?: boolean;
}

export class JoinMeetingMessage extends InMeeting {
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => UserInfo)
  user_info?: UserInfo;

  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => Capabilities)
  capabilities?: Capabilities;

  @Optional({ nullable: true })
  @IsString()
  @Length(1, 128)
  password?: string | null;

  @Optional()
  @IsBoolean()
  is_muted?: boolean;

  @Optional()
  @IsBoolean()
  is_video_on?: boolean;
}

export class ToggleAudioMessage extends InMeeting {
  @IsBoolean()
  is_muted!: boolean;

  @Optional()
  @Matches(ID_PATTERN)
  participant_id?: string;
}

export class ToggleVideoMessage extends InMeeting {
  @IsBoolean()
  is_video_on!: boolean;
}

class ScreenInfo {
  @Optional()
  @IsInt()
  @Min(1)
  @Max(16_384)
  width?: number;

  @Optional()
  @IsInt()
  @Min(1)
  @Max(16_384)
  height?: number;

  @Optional()
  @IsInt()
  @Min(1)
  @Max(240)
  frame_rate?: number;
}

export class ScreenShareMessage extends InMeeting {
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => ScreenInfo)
  screen_info?: ScreenInfo;
}

export class RaiseHandMessage extends InMeeting {
  @IsBoolean()
  is_hand_raised!: boolean;
}

export class SendReactionMessage extends InMeeting {
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

class ChatContent {
  @Optional()
  @IsIn(['text'])
  type?: 'text';

  @IsString()
  @MaxLength(MAX_MESSAGE_LENGTH)
  content!: string;

  @Optional({ nullable: true })
  @Matches(ID_PATTERN)
  reply_to?: string | null;

  @Optional()
  @IsBoolean()
  is_private?: boolean;

  @Optional({ nullable: true })
  @IsString()
  @Length(1, 128)
  recipient_id?: string | null;
}

export class ChatMessageMessage extends InMeeting {
  @IsObject()
  @ValidateNested()
  @Type(() => ChatContent)
  message!: ChatContent;
}

export class AnswerWaitingMessage extends InMeeting {
  @IsString()
  @Length(1, 128)
  user_id!: string;
}

export class ToParticipant extends InMeeting {
  @Matches(ID_PATTERN)
  target_participant_id!: string;
}
export class OfferMessage extends ToParticipant {
  @IsObject()
  offer!: object;
}
export class AnswerMessage extends ToParticipant {
  @IsObject()
  answer!: object;
}
export class IceCandidateMessage extends ToParticipant {
  @IsObject()
  candidate!: object;
}

import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsInt,
  IsNumber,
  IsObject,
  Max,
  Min,
  NotEquals,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { DomainError } from '#libs/domain';
import { IsInstant } from '../../../platform/instant.js';
import { Optional } from '../../../platform/optional.js';
import { validationPipe } from '../../../platform/validation.js';
import type { PlayerCommand } from './replay-player.js';
import type { PlaceWish } from './replay-script.js';

/** Ten years: no meeting is longer. */
const LONGEST_MS = 10 * 365 * 86_400_000;

/** The id of a message, which its answer carries. */
export type MessageId = string | number;
const LONGEST_ID = 64;

const isMessageId = (id: unknown): id is MessageId =>
  (typeof id === 'string' && id.length <= LONGEST_ID) || typeof id === 'number';

class Message {
  @Optional()
  @ValidateBy({
    name: 'isMessageId',
    validator: {
      validate: isMessageId,
      defaultMessage: () => `id must be text of at most ${LONGEST_ID} characters, or a number`,
    },
  })
  id?: MessageId;
}

class Play extends Message {
  @Optional()
  @IsNumber()
  @Min(1)
  @Max(1000)
  speed?: number;

  @Optional({ nullable: true })
  @IsInt()
  @Min(0)
  @Max(LONGEST_MS)
  maxGapMs?: number | null;

  @Optional()
  @IsBoolean()
  follow?: boolean;
}

class Speed extends Message {
  @IsNumber()
  @Min(1)
  @Max(1000)
  speed!: number;
}

class Step extends Message {
  @IsInt()
  @NotEquals(0)
  @Min(-1000)
  @Max(1000)
  count = 1;
}

class Place implements PlaceWish {
  @Optional()
  @IsInstant()
  time?: string;

  @Optional()
  @IsInt()
  @Min(0)
  @Max(LONGEST_MS)
  offsetMs?: number;

  @Optional()
  @IsInt()
  @Min(-1)
  @Max(Number.MAX_SAFE_INTEGER)
  position?: number;

  @Optional()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  index?: number;
}

class Seek extends Message {
  @IsObject({ message: 'to must be an object that names one of time, offsetMs, position and index' })
  @ValidateNested()
  @Type(() => Place)
  to!: Place;
}

/** The class of each message. */
export const SHAPES = {
  play: Play,
  pause: Message,
  speed: Speed,
  step: Step,
  seek: Seek,
  state: Message,
  ping: Message,
} as const;

/** A player's command, but for a place that is still to be found. */
export type ReplayRequest =
  | Exclude<PlayerCommand, { readonly type: 'seek' }>
  | { readonly type: 'seek'; readonly to: PlaceWish; readonly id?: MessageId };

const refused = (details: Record<string, unknown>, message: string): DomainError =>
  new DomainError('VALIDATION_FAILED', details, message);

/** A message as it was sent. @throws DomainError VALIDATION_FAILED where it is no object in JSON text */
export const readMessage = (message: string | Buffer): Readonly<Record<string, unknown>> => {
  const wanted = 'Messages are JSON objects in text frames, such as {"type":"play"}';
  if (typeof message !== 'string') throw refused({ frame: 'must be text' }, wanted);
  let read: unknown;
  try {
    read = JSON.parse(message);
  } catch {
    throw refused({ frame: 'is not JSON' }, wanted);
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read)) {
    throw refused({ frame: 'must hold an object' }, wanted);
  }
  return read as Record<string, unknown>;
};

/** The id of a message where it is one that can be sent back. */
export const idOf = ({ id }: Readonly<Record<string, unknown>>): MessageId | undefined =>
  isMessageId(id) ? id : undefined;

const pipe = validationPipe();

/** What a message asks for. @throws DomainError VALIDATION_FAILED naming each field that is wrong */
export const readRequest = async (message: Readonly<Record<string, unknown>>): Promise<ReplayRequest> => {
  const { type, ...fields } = message;
  if (typeof type !== 'string' || !Object.hasOwn(SHAPES, type)) {
    const types = Object.keys(SHAPES).join(', ');
    throw refused({ type: `must be one of ${types}` }, 'There is no such message');
  }
  const metatype = SHAPES[type as keyof typeof SHAPES];
  const checked = (await pipe.transform(fields, { type: 'body', metatype })) as Play & Step & Seek;
  if (type === 'seek' && Object.values(checked.to).filter(value => value !== undefined).length !== 1) {
    const says = 'must name one of time, offsetMs, position and index';
    throw refused({ to: says }, `The message is not valid: to ${says}`);
  }
  return { ...checked, type } as ReplayRequest;
};

import { DomainError } from '#libs/domain';
import type { RawMessage } from '../../../platform/raw-sockets/raw-socket.js';

/** Characters of a message's id. */
const LONGEST_ID = 64;
const LONGEST_TIMESTAMP = 64;
/** Objects and lists within one another: no message of ours is deeper than three. */
const DEEPEST = 8;
const FIELDS: ReadonlySet<string> = new Set(['type', 'meeting_id', 'user_id', 'data', 'timestamp', 'id']);

const TYPES = ['join', 'leave', 'participant_update', 'chat', 'reaction', 'hand_raise', 'ping'] as const;
type MessageType = (typeof TYPES)[number];

/** What a client sent: a JSON object, not looked at any closer. */
export type Frame = Readonly<Record<string, unknown>>;

/** A message of the meetings document, its data not looked at yet. */
export interface ClientMessage {
  readonly type: MessageType;
  readonly data: Frame;
}

/** Whose messages they must be. */
export interface Sender {
  readonly meetingId: string;
  readonly userId: string;
}

export const refused = (field: string, says: string): DomainError =>
  new DomainError('VALIDATION_FAILED', { [field]: says }, `The message is not valid: ${field} ${says}`);

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some(inner => isDeeper(inner, levels - 1)));
const isObject = (value: unknown): value is Frame =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @throws DomainError VALIDATION_FAILED where it is no object in JSON text, or one too deep to be a message */
export const readFrame = (message: RawMessage): Frame => {
  if (typeof message !== 'string') throw refused('frame', 'must be text');
  let read: unknown;
  try {
    read = JSON.parse(message);
  } catch {
    throw refused('frame', 'must be JSON, such as {"type":"ping"}');
  }
  if (!isObject(read)) throw refused('frame', 'must be a JSON object, such as {"type":"ping"}');
  if (isDeeper(read, DEEPEST)) throw refused('frame', `must not be nested deeper than ${DEEPEST} levels`);
  return read;
};

/** The id of a message, where it is one that can be sent back. */
export const idOf = ({ id }: Frame): string | undefined =>
  typeof id === 'string' && id.length >= 1 && id.length <= LONGEST_ID ? id : undefined;

/** The same refusal with wrong fields named by their place in the message, such as `data.content`. */
export const inMessage = (error: unknown): unknown => {
  if (!(error instanceof DomainError) || error.code !== 'VALIDATION_FAILED') return error;
  const fields = Object.entries(error.details).map(([field, says]) => [
    field.startsWith('data.') ? field : `data.${field}`,
    says,
  ]);
  return new DomainError(error.code, Object.fromEntries(fields) as Record<string, unknown>, error.message);
};

/** @throws DomainError VALIDATION_FAILED naming the field that is wrong */
export const readMessage = (frame: Frame, { meetingId, userId }: Sender): ClientMessage => {
  const { type, data = {}, timestamp, id } = frame;
  const unknown = Object.keys(frame).find(field => !FIELDS.has(field));
  if (unknown !== undefined)
    throw refused(unknown.slice(0, 64), `is not a field of messages: ${[...FIELDS].join(', ')}`);
  if (id !== undefined && idOf(frame) === undefined)
    throw refused('id', `must be text of 1 to ${LONGEST_ID} characters`);
  const known = TYPES.find(one => one === type);
  if (!known) throw refused('type', `must be ${TYPES.slice(0, -1).join(', ')} or ${TYPES.at(-1)}`);
  if ((frame.meeting_id ?? meetingId) !== meetingId)
    throw refused('meeting_id', 'must be the meeting of this connection; it may be left out');
  if ((frame.user_id ?? userId) !== userId)
    throw refused('user_id', 'must be the user of the token; it may be left out');
  if (timestamp != null && (typeof timestamp !== 'string' || timestamp.length > LONGEST_TIMESTAMP))
    throw refused('timestamp', `must be text of at most ${LONGEST_TIMESTAMP} characters`);
  if (!isObject(data)) throw refused('data', 'must be an object');
  return { type: known, data };
};

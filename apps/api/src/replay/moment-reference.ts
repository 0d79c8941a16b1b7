import { eventsUntil, Meeting, streamOf } from '#libs/domain';
import { START, type Position, type TypedEvent } from '#libs/event-log';
import { isInstant } from '../platform/instant.js';
import { wrongField } from './wrong-field.js';

/** A moment as a request names it: a field and what stands in it. */
export interface MomentReference {
  readonly field: string;
  /** A time in ISO 8601, or a revision of the meeting's own stream; a position of the log in the field `position`. */
  readonly text: string;
}

/** The present, as far as moments are measured by it. */
export interface Present {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly head: Position;
}

const INTEGER = /^(0|[1-9]\d{0,15})$/;

const upToPosition = (all: readonly TypedEvent[], position: Position): readonly TypedEvent[] =>
  all.slice(0, all.findLastIndex(event => event.position <= position) + 1);

const upToRevision = (
  all: readonly TypedEvent[],
  meetingId: string,
  { field, text }: MomentReference,
): readonly TypedEvent[] => {
  const own = all.filter(({ stream }) => stream === streamOf(Meeting, meetingId));
  const found = own.find(({ revision }) => revision === Number(text));
  if (!found)
    throw wrongField(
      field,
      `is beyond the end of the meeting's stream, whose last revision is ${own.length - 1}`,
    );
  return upToPosition(all, found.position);
};

const upToTime = (
  all: readonly TypedEvent[],
  { field, text }: MomentReference,
  now: number,
): readonly TypedEvent[] => {
  const time = Date.parse(text);
  if (time > now)
    throw wrongField(
      field,
      `lies in the future: it is ${new Date(now).toISOString()} now; give an earlier moment`,
    );
  return eventsUntil(all, time);
};

/**
 * The events of a meeting up to a moment. Up to a revision of the meeting's own stream, what of its other streams stands
 * before that in the log is among them.
 * @param all the meeting's events in log order, at least one
 * @throws DomainError VALIDATION_FAILED naming the field: a moment before the meeting existed, or in the future, a revision
 *   or position beyond the end, or what is none of these
 */
export const eventsUpTo = (
  all: readonly TypedEvent[],
  meetingId: string,
  reference: MomentReference,
  { now, head }: Present,
): readonly TypedEvent[] => {
  const { field, text } = reference;
  const isPosition = field === 'position';
  const isInteger = INTEGER.test(text) && Number.isSafeInteger(Number(text));
  if (isPosition && !isInteger)
    throw wrongField(field, 'must be a position of the log, an integer of 0 or more');
  if (!isInteger && !isInstant(text)) {
    throw wrongField(
      field,
      "must be a date, a time and a time zone in ISO 8601, such as 2024-01-15T10:00:00Z, or a revision of the meeting's stream, such as 12",
    );
  }
  if (isPosition && Number(text) > head) {
    throw wrongField(field, `is beyond the end of the log, whose last position is ${head}`);
  }
  const found = isPosition
    ? upToPosition(all, Number(text))
    : isInteger
      ? upToRevision(all, meetingId, reference)
      : upToTime(all, reference, now);
  if (found.length > 0) return found;
  const first = all[0];
  const created = isPosition ? `at position ${first?.position ?? START}` : (first?.time ?? '');
  throw wrongField(field, `lies before the meeting existed, which was created ${created}`);
};

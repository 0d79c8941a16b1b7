import type { WindowWish } from '../../replay/event-window.js';
import { wrongField } from '../../replay/wrong-field.js';
import { type EventsQuery, wishOf } from './events-query.js';

const POSITION = /^(-1|0|[1-9]\d{0,14})$/;

/**
 * Where a live stream begins: after `Last-Event-ID`, which a client that comes back sends with the address it began with;
 * else where the query says. @throws DomainError VALIDATION_FAILED for what says where it should end, since it does not
 */
export const wishOfLive = (query: EventsQuery, lastEventId: string | undefined): WindowWish => {
  const { before, until, direction, limit, ...rest } = query;
  for (const [field, given] of Object.entries({ before, until, limit })) {
    if (given !== undefined)
      throw wrongField(
        field,
        'does not go with a live stream, which has no end; leave it out, or ask for NDJSON',
      );
  }
  if (direction === 'backwards' || rest.cursor?.startsWith('backwards'))
    throw wrongField('direction', 'must be forwards for a live stream; for backwards ask for JSON or NDJSON');
  if (lastEventId === undefined || lastEventId === '') return wishOf({ ...rest, direction });
  if (!POSITION.test(lastEventId))
    throw wrongField('Last-Event-ID', 'must be the id of an event of this stream, an integer of -1 or more');
  return { resumeAfter: Number(lastEventId) };
};

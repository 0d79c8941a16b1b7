import { wrongField } from '../../replay/wrong-field.js';

/** What a list of events can be answered as. */
export const EVENT_FORMATS = ['json', 'ndjson', 'sse'] as const;
export type EventFormat = (typeof EVENT_FORMATS)[number];

export const CONTENT_TYPES: Readonly<Record<EventFormat, string>> = {
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  sse: 'text/event-stream',
};

const formatOf = (mediaRange: string): EventFormat | undefined =>
  mediaRange === '*/*' || mediaRange === 'application/*'
    ? 'json'
    : EVENT_FORMATS.find(format => CONTENT_TYPES[format] === mediaRange);

/**
 * The format that an `Accept` header asks for (RFC 9110, 12.5.1): the one of the greatest weight, of equal ones the first.
 * @throws DomainError VALIDATION_FAILED when it takes none of those that there are
 */
export const acceptedFormat = (accept: string | undefined): EventFormat => {
  if (accept === undefined || accept.trim() === '') return 'json';
  const offers = accept.split(',').flatMap(part => {
    const [range = '', ...parameters] = part.split(';').map(text => text.trim().toLowerCase());
    const weight = parameters.find(text => text.startsWith('q='))?.slice(2) ?? '1';
    const format = formatOf(range);
    return format && Number(weight) > 0 ? [{ format, weight: Number(weight) }] : [];
  });
  const [best] = offers.sort((a, b) => b.weight - a.weight);
  if (best) return best.format;
  throw wrongField('Accept', `must take one of ${Object.values(CONTENT_TYPES).join(', ')}; or give format`);
};

import { EventTooLarge, InvalidAppend } from './event-log-errors.js';
import { MAX_EVENT_BYTES, type ExpectedRevision, type NewEvent } from './event-log.js';

/** An event's data and metadata as the JSON texts that are recorded. */
export interface EventJson {
  readonly data: string;
  readonly metadata: string;
}

/**
 * What every adapter refuses before it asks its store, so that all refuse alike.
 * @throws InvalidAppend
 */
export function checkAppend(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): void {
  checkText('A stream name', stream);
  if (typeof expected === 'number' && !(Number.isSafeInteger(expected) && expected >= 0)) {
    throw new InvalidAppend(
      `Expected revision ${expected} is not a revision; for a new stream say 'no-stream'`,
    );
  }
  if (events.length === 0) throw new InvalidAppend(`An append to ${stream} has no events`);
  for (const event of events) {
    checkText('An event id', event.id);
    checkText('An event type', event.type);
    checkText('An event time', event.time);
    if (!(Number.isSafeInteger(event.version) && event.version >= 1)) {
      throw new InvalidAppend(
        `Event ${event.type} ${event.id} has version ${event.version}; versions count from 1`,
      );
    }
  }
  if (events.length > 1 && new Set(events.map(event => event.id)).size < events.length) {
    throw new InvalidAppend(`An append to ${stream} has the same event id twice`);
  }
}

/**
 * @throws InvalidAppend when data or metadata is not JSON.
 * @throws EventTooLarge
 */
export function eventJson(event: NewEvent): EventJson {
  const data = toJson(event, 'data');
  const metadata = toJson(event, 'metadata');
  // A UTF-16 unit takes at most 3 bytes of UTF-8, so most events need no counting.
  if ((data.length + metadata.length) * 3 > MAX_EVENT_BYTES) {
    const bytes = Buffer.byteLength(data) + Buffer.byteLength(metadata);
    if (bytes > MAX_EVENT_BYTES) throw new EventTooLarge(event.type, event.id, bytes, MAX_EVENT_BYTES);
  }
  return { data, metadata };
}

function toJson(event: NewEvent, part: 'data' | 'metadata'): string {
  let json: string | undefined;
  try {
    json = JSON.stringify(event[part]);
  } catch (cause) {
    throw new InvalidAppend(`The ${part} of event ${event.type} ${event.id} is not JSON`, { cause });
  }
  if (json === undefined)
    throw new InvalidAppend(`The ${part} of event ${event.type} ${event.id} is not JSON`);
  return json;
}

/** Stores cut text at NUL and cannot keep half a surrogate pair: two names would become one. */
function checkText(what: string, text: string): void {
  if (typeof text !== 'string' || text === '' || text.includes('\0') || !text.isWellFormed()) {
    throw new InvalidAppend(
      `${what} must be text, not empty, without NUL and well-formed: ${JSON.stringify(text)}`,
    );
  }
}

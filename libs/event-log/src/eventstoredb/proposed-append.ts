import { checkAppend, eventJson } from '../append-validation.js';
import type { AppendResult, ExpectedRevision, NewEvent, Position, RecordedEvent } from '../event-log.js';
import type { ProposedEvent } from './append-request.js';
import { wireValues } from './wire-event.js';

/** An append as it was called, whatever the caller does with its objects then. */
export interface ProposedAppend {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly ids: readonly string[];
  readonly events: readonly ProposedEvent[];
  /** The first event as it is recorded when it is written there; readers of the stream see the same. */
  recorded(revision: number, position: Position): RecordedEvent;
}

/**
 * @throws InvalidAppend when no log could take it.
 * @throws EventTooLarge
 */
export function proposedAppend(
  stream: string,
  events: readonly NewEvent[],
  expected: ExpectedRevision,
): ProposedAppend {
  checkAppend(stream, events, expected);
  const json = events.map(eventJson);
  const proposed = events.map((event, i): ProposedEvent => {
    const { id, type, metadata } = wireValues(event);
    return { id, type, data: json[i]?.data ?? '', metadata: JSON.stringify(metadata) };
  });
  const { id, type, version, time } = events[0] as NewEvent;
  return {
    stream,
    expected,
    ids: events.map(event => event.id),
    events: proposed,
    recorded: (revision, position) => ({
      id,
      type,
      version,
      time,
      data: JSON.parse(json[0]?.data ?? '') as unknown,
      metadata: JSON.parse(json[0]?.metadata ?? '') as RecordedEvent['metadata'],
      stream,
      revision,
      position,
    }),
  };
}

/** @param events at least one. */
export function resultOf(events: readonly RecordedEvent[]): AppendResult {
  const { revision, position } = events.at(-1) as RecordedEvent;
  return { revision, position, events };
}

import type { AnyEvent } from './any-event.js';
import type { WebhookTarget } from './webhook/webhook-events.js';

/**
 * `time` is ISO 8601 in UTC; `number` may have a fraction; `object` holds the fields whose paths begin with its own, and so
 * does each entry of a `list`; `texts` is a list of texts.
 */
export type FieldKind = 'text' | 'integer' | 'number' | 'boolean' | 'time' | 'object' | 'texts' | 'list';

export interface FieldDescription {
  /** Place in the event's data, with a dot where it lies in an object or in a list's entries: `settings.maxParticipants`. */
  readonly path: string;
  readonly kind: FieldKind;
  /** Whether it may be absent, also because the object that it lies in is absent. */
  readonly optional: boolean;
  /** In a sentence. */
  readonly meaning: string;
  /** The only texts that it can be, in alphabetical order. */
  readonly values?: readonly string[];
  /** Never shown outside the log: see shownEvent. */
  readonly secret?: true;
  /** A text that is `[erased]` once its user was erased. */
  readonly personal?: true;
}

/** What an event's type says of itself. */
export interface EventTypeDescription {
  /** Name of the stream that holds it, with fields of its data in angle brackets: `participant-<participantId>`. */
  readonly stream: string;
  /** In a sentence or two. */
  readonly meaning: string;
  /** Who may cause it. */
  readonly by: string;
  /** In the order of the type; an object comes before what lies in it. */
  readonly fields: readonly FieldDescription[];
}

/** An event as the log records it and replay shows it. */
export type EventExample = AnyEvent & {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly version: number;
  readonly time: string;
  readonly metadata: { readonly correlationId: string; readonly userId: string };
};

export interface EventDescription extends EventTypeDescription {
  /** The version in which events of this type are written today. */
  readonly version: number;
  readonly example: EventExample;
}

/** Examples show nothing secret; an optional secret is left out by itself. */
type Shown<Data> = Data extends WebhookTarget ? Omit<Data, 'url'> : Data;
/** One event without what the log adds to it, and who caused it when. */
export type Told<Type extends AnyEvent['type']> = readonly [
  time: string,
  userId: string,
  data: Shown<Extract<AnyEvent, { type: Type }>['data']>,
];

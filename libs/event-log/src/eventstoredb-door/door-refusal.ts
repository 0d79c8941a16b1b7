import { Metadata, status } from '@grpc/grpc-js';

/** EventStoreDB's limit on what one append carries. */
export const MAX_APPEND_BYTES = 1_048_576;

/** A refusal as EventStoreDB gives it: a gRPC status with trailers, of which `exception` tells clients what happened. */
export class DoorRefusal extends Error {
  readonly metadata = new Metadata();

  constructor(
    readonly code: status,
    readonly details: string,
    trailers: Readonly<Record<string, string>> = {},
  ) {
    super(details);
    this.name = 'DoorRefusal';
    // Trailers are ASCII; a name of other letters travels encoded as the parts of an address do.
    for (const [key, value] of Object.entries(trailers)) this.metadata.set(key, asciiOf(value));
  }
}

export const invalidArgument = (sentence: string): DoorRefusal =>
  new DoorRefusal(status.INVALID_ARGUMENT, sentence);

export const unimplemented = (sentence: string): DoorRefusal =>
  new DoorRefusal(status.UNIMPLEMENTED, sentence);

export const accessDenied = (sentence = 'Access Denied'): DoorRefusal =>
  new DoorRefusal(status.PERMISSION_DENIED, sentence, { exception: 'access-denied' });

export const unauthenticated = (sentence: string): DoorRefusal =>
  new DoorRefusal(status.UNAUTHENTICATED, sentence);

export const streamDeleted = (stream: string): DoorRefusal =>
  new DoorRefusal(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

export const appendTooLarge = (): DoorRefusal =>
  new DoorRefusal(status.INVALID_ARGUMENT, `Maximum Append Size of ${MAX_APPEND_BYTES} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(MAX_APPEND_BYTES),
  });

export const metadataMissing = (property: string): DoorRefusal =>
  new DoorRefusal(status.INVALID_ARGUMENT, `Required Metadata Property '${property}' is missing`, {
    exception: 'missing-required-metadata-property',
    'required-metadata-properties': 'type,content-type',
  });

/** @param expected and actual revisions, or the numbers below zero that stand for none and any. */
export const wrongExpectedVersion = (
  operation: string,
  stream: string,
  expected: number,
  actual: number,
): DoorRefusal =>
  new DoorRefusal(
    status.FAILED_PRECONDITION,
    `${operation} failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${expected}, Actual version: ${actual}`,
    {
      exception: 'wrong-expected-version',
      'stream-name': stream,
      'expected-version': String(expected),
      'actual-version': String(actual),
    },
  );

/** @param limit how many reads and subscriptions go on at the same time */
export const tooManyReads = (limit: number): DoorRefusal =>
  new DoorRefusal(
    status.RESOURCE_EXHAUSTED,
    `${limit} reads and subscriptions are open, which is the limit; end some first`,
  );

/** The log or the door is closed: the client may come again. */
export const serverNotReady = (): DoorRefusal => new DoorRefusal(status.UNAVAILABLE, 'Server Is Not Ready');

function asciiOf(text: string): string {
  return /^[ -~]*$/.test(text) ? text : encodeURIComponent(text);
}

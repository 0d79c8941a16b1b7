import type { RecordedEvent } from '../event-log.js';
import { toWireEvent } from '../eventstoredb/wire-event.js';

export const METADATA_TYPE = '$metadata';
export const TOMBSTONE_TYPE = '$streamDeleted';
/** EventStoreDB's number of a tombstone, and where a deleted stream is truncated. */
export const DELETED_REVISION = 9_223_372_036_854_775_807n;

/** What the metadata of a stream says of which of its events are still to be seen. */
export interface StreamLimits {
  readonly maxCount?: number;
  readonly maxAgeSeconds?: number;
  /** Events before this revision are gone. */
  readonly truncateBefore: number;
  /** Truncated before the end of all revisions: the stream was deleted, and can be written again. */
  readonly isDeleted: boolean;
}

const NO_LIMITS: StreamLimits = { truncateBefore: 0, isDeleted: false };

export const metadataStreamOf = (stream: string): string => `$$${stream}`;
export const isMetadataStream = (stream: string): boolean => stream.startsWith('$$');
export const originalStreamOf = (metadataStream: string): string => metadataStream.slice(2);

/** @param event the last of the metadata stream; absent when there is none. Metadata that is no JSON object limits nothing. */
export function streamLimits(event: RecordedEvent | undefined): StreamLimits {
  const metadata = event && metadataObject(event);
  if (metadata === undefined) return NO_LIMITS;
  const maxCount = wholeNumber(metadata.$maxCount, 1);
  const maxAgeSeconds = wholeNumber(metadata.$maxAge, 1);
  const truncateBefore = wholeNumber(metadata.$tb, 0) ?? 0;
  return {
    ...(maxCount !== undefined && { maxCount }),
    ...(maxAgeSeconds !== undefined && { maxAgeSeconds }),
    truncateBefore,
    isDeleted: truncateBefore >= Number(DELETED_REVISION),
  };
}

/** JSON of the metadata of a stream that was deleted and is written again: as it was, truncated before this revision. */
export function undeletedMetadata(event: RecordedEvent, truncateBefore: number): string {
  return JSON.stringify({ ...metadataObject(event), $tb: truncateBefore });
}

/** JSON of the metadata of a deleted stream. A number of this size is no plain JSON to JavaScript. */
export const DELETED_METADATA = `{"$tb":${DELETED_REVISION}}`;

function metadataObject(event: RecordedEvent): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(toWireEvent(event).data).toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function wholeNumber(value: unknown, least: number): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= least ? value : undefined;
}

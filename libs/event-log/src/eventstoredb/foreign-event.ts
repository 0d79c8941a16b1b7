import { isUtf8 } from 'node:buffer';
import type { EventMetadata, NewEvent } from '../event-log.js';

/** What the log keeps of a foreign event beside its data, so that it comes back byte for byte. */
interface Foreign {
  readonly contentType: string;
  /** Its data in base64, where the event's data does not say it. */
  readonly data?: string;
  /** Its metadata where that is JSON as JSON.stringify writes it. */
  readonly json?: unknown;
  /** Its metadata in base64, where it is anything else but empty. */
  readonly metadata?: string;
}

interface ForeignMetadata extends EventMetadata {
  readonly foreign: Foreign;
}

export interface ForeignParts {
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/**
 * A foreign event as the log records it: data that is JSON as JSON.stringify writes it, so that everybody can read and
 * query it; other bytes in base64 within the metadata, with data null.
 */
export function storedForeignEvent(
  { id, type, contentType, data, metadata }: ForeignParts & { readonly id: string; readonly type: string },
  now: string,
): NewEvent {
  const json = contentType === 'application/json' ? plainJson(data) : undefined;
  const metadataJson = plainJson(metadata);
  const said = (metadataJson?.value ?? {}) as Record<string, unknown>;
  const stored: ForeignMetadata = {
    correlationId: typeof said.$correlationId === 'string' ? said.$correlationId : id,
    ...(typeof said.$causationId === 'string' && { causationId: said.$causationId }),
    userId: 'eventstoredb',
    foreign: {
      contentType,
      ...(json === undefined && { data: base64(data) }),
      ...(metadataJson !== undefined && { json: metadataJson.value }),
      ...(metadataJson === undefined && metadata.length > 0 && { metadata: base64(metadata) }),
    },
  };
  return { id, type, version: 1, time: now, data: json === undefined ? null : json.value, metadata: stored };
}

/** The bytes of a foreign event; undefined for one of Parley's. */
export function foreignPartsOf(event: NewEvent): ForeignParts | undefined {
  const { foreign } = event.metadata as Partial<ForeignMetadata>;
  if (foreign === undefined) return undefined;
  return {
    contentType: foreign.contentType,
    data: Buffer.from(
      foreign.data ?? JSON.stringify(event.data),
      foreign.data === undefined ? 'utf8' : 'base64',
    ),
    metadata:
      'json' in foreign
        ? Buffer.from(JSON.stringify(foreign.json))
        : Buffer.from(foreign.metadata ?? '', 'base64'),
  };
}

/** The value of bytes that JSON.stringify makes of it again. */
function plainJson(bytes: Uint8Array): { readonly value: unknown } | undefined {
  if (bytes.length === 0 || !isUtf8(bytes)) return undefined;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text ? { value } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
}

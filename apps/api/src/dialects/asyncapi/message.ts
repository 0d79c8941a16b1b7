import type { JsonSchema } from '../../platform/json-schema.js';

/** A message of a socket as the AsyncAPI document tells of it. */
export interface DocumentedMessage {
  /** Its type, or the name of its event. */
  readonly name: string;
  readonly from: 'client' | 'server';
  readonly summary: string;
  readonly payload: JsonSchema;
  /** Fits the payload's schema. */
  readonly example: object;
}

import type { ExpectedRevision } from '../event-log.js';
import { invalidArgument } from './door-refusal.js';

interface Expectation {
  hasAny(): boolean;
  hasNoStream(): boolean;
  hasStreamExists(): boolean;
}

/** What a request expects of its stream. @param revision read where the request names one. @throws DoorRefusal */
export function expectedRevision(options: Expectation, revision: string | undefined): ExpectedRevision {
  if (options.hasAny()) return 'any';
  if (options.hasNoStream()) return 'no-stream';
  if (options.hasStreamExists()) return 'stream-exists';
  if (revision === undefined) throw invalidArgument('An expected revision is missing');
  const number = BigInt(revision);
  // No stream comes so far, so that such an expectation is refused as a wrong one.
  return number > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(number);
}

/** The number for it that EventStoreDB writes into trailers. */
export function expectedNumber(expected: ExpectedRevision): number {
  if (typeof expected === 'number') return expected;
  return { 'no-stream': -1, any: -2, 'stream-exists': -4 }[expected];
}

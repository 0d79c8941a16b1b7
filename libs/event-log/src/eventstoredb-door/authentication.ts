import { createHash } from 'node:crypto';
import type { Metadata } from '@grpc/grpc-js';
import type { EventStoreDbDoorOptions } from './door-options.js';
import { accessDenied, unauthenticated } from './door-refusal.js';

type Authenticate = NonNullable<EventStoreDbDoorOptions['authenticate']>;

const REMEMBERED_MS = 10_000;
const MAX_REMEMBERED = 1_000;
const MAX_CREDENTIALS = 16_384;

/** Checks the basic authentication of calls, and remembers for a short while who has shown which credentials. */
export function callerCheck(
  authenticate: Authenticate | undefined,
): (call: { readonly metadata: Metadata }) => string | Promise<string> {
  if (authenticate === undefined) return () => '';
  const known = new Map<string, { readonly userId: string; readonly until: number }>();
  return call => {
    const header = String(call.metadata.get('authorization')[0] ?? '');
    const [, encoded = ''] = /^basic +([a-z0-9+/=]+)$/i.exec(header) ?? [];
    if (encoded === '' || encoded.length > MAX_CREDENTIALS) {
      throw unauthenticated('Basic authentication is missing; most clients send it over TLS alone');
    }
    // Not the credentials themselves, which need not lie about in memory.
    const digest = createHash('sha256').update(encoded).digest('base64');
    const remembered = known.get(digest);
    if (remembered !== undefined && remembered.until > Date.now()) return remembered.userId;
    return check(authenticate, encoded).then(userId => {
      if (known.size >= MAX_REMEMBERED) known.clear();
      known.set(digest, { userId, until: Date.now() + REMEMBERED_MS });
      return userId;
    });
  };
}

async function check(authenticate: Authenticate, encoded: string): Promise<string> {
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  const caller = colon < 0 ? undefined : await authenticate(text.slice(0, colon), text.slice(colon + 1));
  if (caller === undefined) throw unauthenticated('The user or its password is wrong');
  if (caller.mayRead === false) throw accessDenied();
  return caller.userId;
}

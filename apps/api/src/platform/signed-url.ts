import { createHmac, timingSafeEqual } from 'node:crypto';

const signature = (secret: string, path: string, expires: number): string =>
  createHmac('sha256', secret).update(`${path}\n${expires}`).digest('base64url');

/** The path with an expiry (seconds since 1970) and a signature, so that it opens without a token until then. */
export const signPath = (secret: string, path: string, expires: number): string =>
  `${path}?expires=${expires}&signature=${signature(secret, path, expires)}`;

/** Whether the signature fits the path and its expiry, and it has not expired; in constant time. */
export const pathIsSigned = (
  secret: string,
  path: string,
  query: { expires?: unknown; signature?: unknown },
  nowSeconds: number,
): boolean => {
  const expires = Number(query.expires);
  if (typeof query.signature !== 'string' || !Number.isSafeInteger(expires) || expires < nowSeconds)
    return false;
  const expected = Buffer.from(signature(secret, path, expires));
  const given = Buffer.from(query.signature);
  return expected.length === given.length && timingSafeEqual(expected, given);
};

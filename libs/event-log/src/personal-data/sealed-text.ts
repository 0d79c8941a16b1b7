import { createCipheriv, createDecipheriv, type KeyObject, randomFillSync } from 'node:crypto';

/**
 * A sealed text: this, the id of its key, a colon, and in base64url a nonce, the text as JSON encrypted by AES-256-GCM, and the
 * tag. Where it stands (event id and field) is authenticated with it, so that none can be moved elsewhere.
 */
const PREFIX = 'sealed:1:';
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const OPTIONS = { authTagLength: TAG_BYTES };

const nonces = Buffer.alloc(NONCE_BYTES * 1_024);
let nextNonce = nonces.length;

/** Random bytes in bulk: a call for each would cost more than the encryption. */
const nonce = (): Buffer => {
  if (nextNonce === nonces.length) {
    randomFillSync(nonces);
    nextNonce = 0;
  }
  return nonces.subarray(nextNonce, (nextNonce += NONCE_BYTES));
};

/** @param place what is authenticated with the text */
export const sealText = (text: string, keyId: string, key: KeyObject, place: string): string => {
  const iv = nonce();
  const cipher = createCipheriv(CIPHER, key, iv, OPTIONS).setAAD(Buffer.from(place));
  // As JSON it keeps what UTF-8 alone would lose: half a surrogate pair.
  const sealed = cipher.update(JSON.stringify(text), 'utf8');
  const rest = cipher.final();
  return `${PREFIX}${keyId}:${Buffer.concat([iv, sealed, rest, cipher.getAuthTag()]).toString('base64url')}`;
};

/** Id of the key with which a text was sealed; '' when it is damaged, undefined for a text that is not sealed. */
export const keyIdOf = (text: string): string | undefined => {
  if (!text.startsWith(PREFIX)) return undefined;
  const end = text.indexOf(':', PREFIX.length);
  return end < 0 ? '' : text.slice(PREFIX.length, end);
};

/** The text that was sealed; undefined when it was damaged, forged, or sealed with another key or for another place. */
export const openText = (
  sealed: string,
  keyId: string,
  key: KeyObject,
  place: string,
): string | undefined => {
  try {
    const bytes = Buffer.from(sealed.slice(PREFIX.length + keyId.length + 1), 'base64url');
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), OPTIONS)
      .setAAD(Buffer.from(place))
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8');
    return JSON.parse(text + decipher.final('utf8')) as string;
  } catch {
    return undefined;
  }
};

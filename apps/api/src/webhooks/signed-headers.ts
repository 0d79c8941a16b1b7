import { createHmac } from 'node:crypto';
import type { WebhookFormat } from '#libs/domain';

const standardSignature = (secret: string, text: string): string => {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return `v1,${createHmac('sha256', key).update(text).digest('base64')}`;
};

/**
 * The headers of a message: those of Standard Webhooks, with a signature by each secret, and for receivers of Jitsi's the
 * HMAC of the body under the first secret, as text.
 * @param now milliseconds since 1970: each attempt has its own timestamp, since receivers refuse old ones
 */
export const signedHeaders = (
  { id, body, format }: { readonly id: string; readonly body: string; readonly format: WebhookFormat },
  secrets: readonly string[],
  now: number,
): Record<string, string> => {
  const timestamp = String(Math.floor(now / 1000));
  const signed = `${id}.${timestamp}.${body}`;
  return {
    'content-type': 'application/json',
    'user-agent': 'Parley-Webhooks/1',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets.map(secret => standardSignature(secret, signed)).join(' '),
    ...(format === 'jitsi' && {
      'x-jitsi-signature': `sha256=${createHmac('sha256', secrets[0] ?? '')
        .update(body)
        .digest('hex')}`,
    }),
  };
};

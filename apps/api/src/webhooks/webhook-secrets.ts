import { hkdfSync } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { WebhookEndpointState } from '#libs/domain';
import { SECRET } from '../platform/settings.js';

const BYTES = 32;
/** How long the secret before the present one signs as well: https://www.standardwebhooks.com, "Zero downtime secret rotation". */
export const OVERLAP_MS = 24 * 3_600_000;

type Signing = Pick<WebhookEndpointState, 'endpointId' | 'generation' | 'rotatedAt'>;

/**
 * The secrets that sign messages. They are derived from the server's own, so that none stands in the log, in a table or in a
 * backup; whoever changes the server's own changes all of them.
 */
@Injectable()
export class WebhookSecrets {
  constructor(@Inject(SECRET) private readonly serverSecret: string) {}

  /** As Standard Webhooks writes them: `whsec_` and base64. */
  secret(endpointId: string, generation: number): string {
    const purpose = `parley webhook ${endpointId} ${generation}`;
    const bytes = hkdfSync('sha256', this.serverSecret, 'parley webhooks', purpose, BYTES);
    return `whsec_${Buffer.from(bytes).toString('base64')}`;
  }

  /** The present secret, then the one before as long as it counts. @param now milliseconds since 1970 */
  inForce({ endpointId, generation, rotatedAt }: Signing, now: number): string[] {
    const overlaps = rotatedAt !== undefined && now < Date.parse(rotatedAt) + OVERLAP_MS;
    const generations = overlaps && generation > 0 ? [generation, generation - 1] : [generation];
    return generations.map(one => this.secret(endpointId, one));
  }
}

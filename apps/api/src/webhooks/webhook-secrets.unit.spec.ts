import { describe, expect, it } from '@jest/globals';
import { OVERLAP_MS, WebhookSecrets } from './webhook-secrets.js';

const secrets = new WebhookSecrets('the server’s own secret of 32 characters');
const rotatedAt = '2026-11-22T10:00:00.000Z';
const at = Date.parse(rotatedAt);

describe('secrets of webhooks', () => {
  it('are as Standard Webhooks writes them: whsec_ and 24 to 64 bytes in base64', () => {
    const secret = secrets.secret('e1', 0);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]+=*$/);
    expect(Buffer.from(secret.slice('whsec_'.length), 'base64')).toHaveLength(32);
  });
  it('are the same again, and others for another endpoint, generation or server', () => {
    const other = new WebhookSecrets('another server’s secret of 32 characters');
    const all = [
      secrets.secret('e1', 0),
      secrets.secret('e1', 1),
      secrets.secret('e2', 0),
      other.secret('e1', 0),
    ];
    expect(new Set(all).size).toBe(4);
    expect(secrets.secret('e1', 0)).toBe(all[0]);
  });
  it('sign for a day after they were replaced, behind the new one', () => {
    const signing = { endpointId: 'e1', generation: 2, rotatedAt };
    const [now, before] = [secrets.secret('e1', 2), secrets.secret('e1', 1)];
    expect(secrets.inForce(signing, at + OVERLAP_MS - 1)).toEqual([now, before]);
    expect(secrets.inForce(signing, at + OVERLAP_MS)).toEqual([now]);
    expect(OVERLAP_MS).toBe(86_400_000);
  });
  it('sign alone where none was replaced', () => {
    expect(secrets.inForce({ endpointId: 'e1', generation: 0 }, at)).toEqual([secrets.secret('e1', 0)]);
  });
});

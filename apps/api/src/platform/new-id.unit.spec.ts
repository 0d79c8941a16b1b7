import { describe, expect, it } from '@jest/globals';
import { newId } from './new-id.js';

const context = (userId: string, idempotencyKey?: string) => ({
  by: { userId, name: userId, roles: [] },
  requestId: 'req_1',
  ...(idempotencyKey && { idempotencyKey }),
});

describe('newId', () => {
  it('is a new ULID each time where there is no idempotency key', () => {
    const ids = new Set(Array.from({ length: 100 }, () => newId('meeting', context('ada'))));
    expect(ids.size).toBe(100);
    for (const id of ids) expect(id).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
  });

  it('is the same, in the shape of a ULID, for the same user, key and purpose', () => {
    const id = newId('meeting', context('ada', 'k'));
    expect(newId('meeting', context('ada', 'k'))).toBe(id);
    expect(id).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
  });

  it('differs for another user, key or purpose', () => {
    const ids = [
      newId('meeting', context('ada', 'k')),
      newId('meeting', context('grace', 'k')),
      newId('meeting', context('ada', 'l')),
      newId('recording', context('ada', 'k')),
    ];
    expect(new Set(ids).size).toBe(4);
  });
});

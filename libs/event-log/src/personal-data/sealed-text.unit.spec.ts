import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { keyIdOf, openText, sealText } from './sealed-text.js';

const key = createSecretKey(randomBytes(32));

describe('a sealed text', () => {
  it('opens to any text that was sealed, also one that is not well-formed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, place) => {
        for (const odd of [text, `${text}\ud83d`, `\udc00${text}`]) {
          const sealed = sealText(odd, 'id', key, place);
          expect(keyIdOf(sealed)).toBe('id');
          expect(openText(sealed, 'id', key, place)).toBe(odd);
        }
      }),
    );
  });

  it('is never twice the same, so that nobody sees that two texts are equal', () => {
    const sealed = Array.from({ length: 5_000 }, () => sealText('same', 'id', key, 'place'));
    expect(new Set(sealed).size).toBe(5_000);
    expect(new Set(sealed.map(text => text.slice(0, 30))).size).toBe(5_000);
  });

  it('opens with no other key, for no other place, and not when any of its bytes was changed', () => {
    const sealed = sealText('secret', 'id', key, 'place');
    expect(openText(sealed, 'id', createSecretKey(randomBytes(32)), 'place')).toBeUndefined();
    expect(openText(sealed, 'id', key, 'other')).toBeUndefined();
    const [head, bytes] = [
      sealed.slice(0, -sealed.split(':')[3]!.length),
      Buffer.from(sealed.split(':')[3]!, 'base64url'),
    ];
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      expect(openText(head + changed.toString('base64url'), 'id', key, 'place')).toBeUndefined();
    }
    for (let length = 0; length < bytes.length; length += 1) {
      expect(openText(head + bytes.toString('base64url', 0, length), 'id', key, 'place')).toBeUndefined();
    }
  });

  it.each(['', 'sealed', 'sealed:2:id:x', 'Sealed:1:id:x', ' sealed:1:id:x'])('is not what %j is', text => {
    expect(keyIdOf(text)).toBeUndefined();
  });
});

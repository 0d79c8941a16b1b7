import { expect, it } from '@jest/globals';
import { pastedToken } from './replay-token.js';

it.each(['a.b.c', '  a.b.c\n', 'Bearer a.b.c', 'bearer  a.b.c ', 'a.b\n.c'])(
  'the token is found in what was pasted: %j',
  text => expect(pastedToken(text)).toBe('a.b.c'),
);

import { describe, expect, it } from '@jest/globals';
import { isOutOfMemory } from './out-of-memory.js';
import { refusalOf } from './query-refused.js';

describe('refusalOf', () => {
  it('keeps what DuckDB says and the place', () => {
    const said =
      'Failed to extract statements: Parser Error: syntax error at or near "x"\n\nLINE 1: x\n        ^\n';
    expect(refusalOf(new Error(said)).message).toBe(
      'Parser Error: syntax error at or near "x"\nLINE 1: x\n        ^',
    );
  });

  it.each([
    'Out of Memory Error: could not allocate block of size 256.0 KiB (95.1 MiB/95.3 MiB used)\n\nPossible solutions:\n* SET',
    'Failed to append: Failed to commit: failed to pin block of size 256.0 KiB (244.0 MiB/244.1 MiB used)',
  ])('gives no advice that a query cannot follow: %s', message => {
    expect(isOutOfMemory(new Error(message))).toBe(true);
    expect(refusalOf(new Error(message)).message).not.toMatch(/SET|MiB/);
  });
});

import { describe, expect, it } from '@jest/globals';
import { table } from './table.js';

describe('table', () => {
  it('marks each result, lines them up, and says what to do about those that are not good', () => {
    const shown = table([
      { what: 'Node', verdict: 'good', found: '24.0.0', remedy: 'not shown' },
      { what: 'Chromium', verdict: 'missing', found: 'not installed', remedy: 'install it' },
      { what: 'Ports', verdict: 'bad', found: 'taken' },
    ]);
    expect(shown.split('\n')).toEqual([
      '✓ Node      24.0.0',
      '– Chromium  not installed',
      '            → install it',
      '✗ Ports     taken',
    ]);
  });
});

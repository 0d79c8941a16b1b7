import { describe, expect, it } from '@jest/globals';
import { cellText, resultTable } from './result-table.js';
import { cutText, textWidth } from './text-width.js';

const COLUMNS = [
  { name: 'who', type: 'VARCHAR' },
  { name: 'seconds', type: 'DOUBLE' },
];

describe('resultTable', () => {
  it('aligns columns, numbers to the right', () => {
    expect(
      resultTable(
        COLUMNS,
        [
          ['Ada', 12.5],
          ['Grace Okafor', 3],
        ],
        Infinity,
      ),
    ).toBe(
      [
        '┌──────────────┬─────────┐',
        '│ who          │ seconds │',
        '├──────────────┼─────────┤',
        '│ Ada          │    12.5 │',
        '│ Grace Okafor │       3 │',
        '└──────────────┴─────────┘',
        '',
      ].join('\n'),
    );
  });

  it('fits the terminal, and shows where it cut', () => {
    const table = resultTable(COLUMNS, [['x'.repeat(200), 1]], 40);
    for (const line of table.trimEnd().split('\n')) expect(textWidth(line)).toBe(40);
    expect(table).toContain('x…');
  });

  it('aligns names of any script', () => {
    const lines = resultTable(
      COLUMNS,
      [
        ['山田 健', 1],
        ['Zoë', 2],
        ['👩‍💻', 3],
      ],
      Infinity,
    )
      .trimEnd()
      .split('\n');
    expect(new Set(lines.slice(0, 5).map(textWidth)).size).toBe(1);
  });
});

describe('cellText', () => {
  it('lets no text take over the terminal', () => {
    expect(cellText('a\u001b[31mb\u0007\u202e\n\tc', 'VARCHAR')).toBe('a\\u001b[31mb\\u0007\\u202e\\n\\tc');
  });

  it.each([
    [null, 'VARCHAR', 'NULL'],
    [true, 'BOOLEAN', 'true'],
    ['2026-11-22T10:00:00.000Z', 'TIMESTAMP WITH TIME ZONE', '2026-11-22 10:00:00Z'],
    ['2026-11-22T10:00:00.250Z', 'TIMESTAMP WITH TIME ZONE', '2026-11-22 10:00:00.250Z'],
    ['2026-11-22T10:00:00.000Z', 'VARCHAR', '2026-11-22T10:00:00.000Z'],
    [[1, { a: 2 }], 'STRUCT(a BIGINT)[]', '[1,{"a":2}]'],
  ])('shows %j of type %s as %s', (value, type, text) => {
    expect(cellText(value, type)).toBe(text);
  });
});

describe('cutText', () => {
  it('keeps what fits, and never cuts a wide character in two', () => {
    expect(cutText('abcdef', 6)).toBe('abcdef');
    expect(cutText('abcdef', 4)).toBe('abc…');
    expect(cutText('山田健', 4)).toBe('山…');
  });
});

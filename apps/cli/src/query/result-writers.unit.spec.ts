import { describe, expect, it } from '@jest/globals';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type QueryFormat, resultWriter } from './result-writers.js';

const COLUMNS = [
  { name: 'name', type: 'VARCHAR' },
  { name: 'n', type: 'BIGINT' },
];

const written = async (format: QueryFormat, limit: number) => {
  const [output, notes] = [new PassThrough(), new PassThrough()];
  const writer = resultWriter(format, { output, notes, limit, width: Infinity });
  await writer.columns(COLUMNS);
  await writer.rows([
    ['a', 1],
    ['=b', 2],
  ]);
  await writer.rows([['c', null]]);
  await writer.end();
  output.end();
  notes.end();
  return { output: await text(output), notes: await text(notes) };
};

describe('resultWriter', () => {
  it('writes a table and how many rows it has', async () => {
    expect((await written('table', 100)).output).toMatch(/│ a +│ +1 │\n│ =b +│ +2 │\n[\s\S]*\n3 rows\n$/);
  });

  it('says below a table how many rows it leaves out', async () => {
    const { output } = await written('table', 2);
    expect(output).not.toContain('│ c ');
    expect(output).toMatch(/… 1 row more; --limit shows another number\n$/);
  });

  it('writes JSON, NDJSON and CSV that programs read', async () => {
    const rows = [
      { name: 'a', n: 1 },
      { name: '=b', n: 2 },
      { name: 'c', n: null },
    ];
    expect(JSON.parse((await written('json', Infinity)).output)).toEqual(rows);
    const lines = (await written('ndjson', Infinity)).output.trimEnd().split('\n');
    expect(lines.map(line => JSON.parse(line) as unknown)).toEqual(rows);
    expect((await written('csv', Infinity)).output).toBe("name,n\r\na,1\r\n'=b,2\r\nc,\r\n");
  });

  it.each(['json', 'ndjson', 'csv'] as const)('keeps what it says out of %s', async format => {
    const { output, notes } = await written(format, 1);
    expect(notes).toBe('… 2 rows more; --limit shows another number\n');
    expect(output).not.toContain('more');
    if (format === 'json') expect(JSON.parse(output)).toEqual([{ name: 'a', n: 1 }]);
  });
});

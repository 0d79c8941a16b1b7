import { describe, expect, it } from '@jest/globals';
import { csvCell, CSV_HEADER, csvLine } from './csv.js';
import { EVENT_COLUMNS } from './event-row.js';

describe('csvCell', () => {
  it.each([
    ['plain', 'plain'],
    ['with, comma', '"with, comma"'],
    ['with "quotes"', '"with ""quotes"""'],
    ['two\nlines', '"two\nlines"'],
    ['', ''],
    [null, ''],
    [-3, '-3'],
    [true, 'true'],
    [{ a: 'x' }, '"{""a"":""x""}"'],
  ])('writes %j as RFC 4180 asks', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\r=1'])('lets no spreadsheet run %j', text => {
    expect(csvCell(text)).toMatch(/^"?'/);
  });
});

describe('csvLine', () => {
  const event = {
    ...{
      position: 7,
      stream: 's',
      revision: 0,
      id: 'i',
      type: 'T',
      version: 1,
      time: '2026-11-22T10:00:00.000Z',
    },
    ...{ data: { meetingId: 'm' }, metadata: { userId: '=cmd', correlationId: 'c' } },
  };

  it('has a cell for each column, and ends with CRLF', () => {
    expect(CSV_HEADER).toBe(`${EVENT_COLUMNS.join(',')}\r\n`);
    expect(csvLine(event)).toBe(
      `7,s,0,i,T,1,2026-11-22T10:00:00.000Z,'=cmd,c,,m,"{""meetingId"":""m""}"\r\n`,
    );
  });
});

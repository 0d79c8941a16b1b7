import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { queryLog } from '#libs/analytics';
import { type EventLogReader, openEventLog, openEventLogReader } from '#libs/event-log';
import { writeSampleLog } from '#libs/sample-log';
import { resultWriter } from './result-writers.js';

const PAGE = new URL('../../../../docs/ANALYTICS.md', import.meta.url);
/** `ANALYTICS_ANSWERS=write` writes the answers into the page instead of comparing them. */
const WRITE = process.env.ANALYTICS_ANSWERS === 'write';
const QUESTION = /(### \d+\. ([^\n]+)\n[\s\S]*?```sql\n([\s\S]*?)```\n\n```text\n)([\s\S]*?)(```)/g;

const page = readFileSync(PAGE, 'utf8');
const questions = [...page.matchAll(QUESTION)].map(([, , question, sql, answer]) => ({
  question,
  sql,
  answer,
}));

describe('docs/ANALYTICS.md', () => {
  let dataDir: string;
  let log: EventLogReader;
  const found = new Map<string, string>();

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'parley-analytics-page-'));
    const settings = { dataDir, eventLog: '' };
    const writer = await openEventLog(settings);
    await writeSampleLog(writer);
    await writer.close();
    log = await openEventLogReader(settings);
  }, 120_000);
  afterAll(async () => {
    await log.close();
    rmSync(dataDir, { recursive: true });
    if (!WRITE) return;
    const answered = page.replace(
      QUESTION,
      (_, before: string, question: string, _sql, _answer, after: string) =>
        [before, found.get(question), after].join(''),
    );
    writeFileSync(PAGE, answered);
  });

  it('asks ten questions', () => {
    expect(questions).toHaveLength(10);
  });

  it.each(questions)('answers "$question" as the sample log does', async ({ question, sql, answer }) => {
    const output = new PassThrough({ highWaterMark: 1 << 20 });
    const shown = { output, notes: output, limit: 100, width: Infinity };
    const writer = resultWriter('table', shown);
    await queryLog(log, sql!, writer, { timeoutSeconds: 60 });
    await writer.end();
    output.end();
    const told = await text(output);
    found.set(question!, told);
    // An answer without rows would tell nothing.
    expect(told.split('\n').length).toBeGreaterThan(5);
    if (!WRITE) expect(told).toBe(answer);
  });
});

import type { CheckResult } from './check-result.js';

const MARKS = { good: '✓', missing: '–', bad: '✗' } as const;

/** The results below each other, with what to do under those that need it. */
export const table = (results: readonly CheckResult[]): string => {
  const width = Math.max(...results.map(({ what }) => what.length));
  return results
    .flatMap(({ what, verdict, found, remedy }) => [
      `${MARKS[verdict]} ${what.padEnd(width)}  ${found}`,
      ...(verdict !== 'good' && remedy ? [`  ${' '.repeat(width)}  → ${remedy}`] : []),
    ])
    .join('\n');
};

import { describe, expect, it } from '@jest/globals';
import { count } from './jest-run.mjs';

const report = {
  numPassedTests: 10,
  numFailedTests: 0,
  numRuntimeErrorTestSuites: 0,
  numPendingTests: 0,
  numTodoTests: 0,
};

describe('count', () => {
  it('counts each test as one', () => {
    expect(count({ ...report, numFailedTests: 2 })).toMatchObject({ passed: 10, failed: 2 });
  });

  it('counts a file that could not be run as failed', () => {
    expect(count({ ...report, numRuntimeErrorTestSuites: 1 })).toMatchObject({ passed: 10, failed: 1 });
  });

  it('counts a skipped test as failed, and says so', () => {
    const counted = count({ ...report, numPendingTests: 1, numTodoTests: 1 });
    expect(counted).toEqual({
      passed: 10,
      failed: 2,
      remarks: ['2 tests were skipped, which counts as failed.'],
    });
  });

  it('does not let a run without tests pass', () => {
    expect(count({ ...report, numPassedTests: 0 })).toMatchObject({ passed: 0, failed: 1 });
  });

  it('does not let a run without a report pass', () => {
    expect(count(undefined)).toMatchObject({ passed: 0, failed: 1 });
  });
});

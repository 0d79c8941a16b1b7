import { describe, expect, it } from '@jest/globals';
import { deviceProblemOf, explainDeviceProblem } from './device-problem.js';

describe('a device that cannot be had', () => {
  it.each([
    ['NotAllowedError', 'refused'],
    ['NotFoundError', 'missing'],
    ['OverconstrainedError', 'missing'],
    ['NotReadableError', 'busy'],
    ['InsecureError', 'insecure'],
    ['SomethingNew', 'failed'],
  ])('with %s is %s', (name, problem) => {
    const error = new Error('no');
    error.name = name;
    expect(deviceProblemOf(error)).toBe(problem);
  });

  it('is explained with its own name', () => {
    for (const problem of ['refused', 'missing', 'busy', 'insecure', 'failed'] as const) {
      expect(explainDeviceProblem('camera', problem)).toContain('camera');
      expect(explainDeviceProblem('microphone', problem)).toContain('microphone');
    }
  });
});

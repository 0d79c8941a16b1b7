import { describe, expect, it } from '@jest/globals';
import { forTerminal } from './log-line.js';

describe('forTerminal', () => {
  it('keeps a structured line below a warning off the terminal', () => {
    expect(forTerminal('api', '{"level":30,"msg":"listening"}')).toBeUndefined();
  });

  it('shows a warning and an error in short', () => {
    expect(forTerminal('api', '{"level":40,"msg":"slow disk"}')).toBe('api warn: slow disk');
    expect(
      forTerminal('recorder-1', '{"level":50,"err":{"message":"no space"},"msg":"composing failed"}'),
    ).toBe('recorder-1 error: composing failed: no space');
  });

  it('says a cause once where the message repeats it', () => {
    expect(forTerminal('api', '{"level":60,"err":{"message":"gone"},"msg":"gone"}')).toBe('api fatal: gone');
  });

  it('shows what is no structured log, such as a stack trace', () => {
    expect(forTerminal('api', 'Error: cannot find module')).toBe('api: Error: cannot find module');
    expect(forTerminal('api', '{ broken')).toBe('api: { broken');
    expect(forTerminal('api', '{"answer":42}')).toBe('api: {"answer":42}');
  });

  it('keeps Node’s remarks about deprecated and experimental parts off the terminal', () => {
    expect(forTerminal('api', '(node:7) [DEP0001] DeprecationWarning: old')).toBeUndefined();
    expect(forTerminal('api', '(Use `node --trace-warnings ...` to show where …)')).toBeUndefined();
  });

  it('shows no empty lines', () => {
    expect(forTerminal('api', '  ')).toBeUndefined();
  });
});

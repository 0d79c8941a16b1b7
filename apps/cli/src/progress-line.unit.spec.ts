import { describe, expect, it } from '@jest/globals';
import { ProgressLine, progressText } from './progress-line.js';

describe('progressText', () => {
  it('tells the share that is done, the rate and what is left', () => {
    const text = progressText({ events: 250_000, position: 249_999 }, { from: -1, to: 999_999 }, 2, false);
    expect(text).toBe('25 %  250,000 events, 125,000/s, 6 s left');
  });

  it('draws a bar where it is wanted', () => {
    const text = progressText({ events: 5, position: 49 }, { from: -1, to: 99 }, 1, true);
    expect(text).toMatch(/^\[█{12} {12}\] 50 % /);
  });

  it('counts from where the reading begins', () => {
    expect(progressText({ events: 1, position: 150 }, { from: 100, to: 200 }, 1, false)).toMatch(/^50 %/);
  });

  it('is done where there is nothing to read', () => {
    expect(progressText({ events: 0, position: -1 }, { from: -1, to: -1 }, 0, false)).toBe('100 %  0 events');
  });
});

describe('ProgressLine', () => {
  /** What is written when a half is reported at these moments, in milliseconds. */
  const written = (isTTY: boolean, moments: readonly number[]): string[] => {
    const texts: string[] = [];
    let now = 0;
    const output = { isTTY, columns: 40, write: (text: string) => texts.push(text) > 0 };
    const line = new ProgressLine('Exporting', { from: -1, to: 99 }, output, () => now);
    for (const moment of moments) {
      now = moment;
      line.report({ events: 50, position: 49 });
    }
    line.clear();
    return texts;
  };

  it('draws one line anew on a terminal, no wider than that, and takes it off', () => {
    const texts = written(true, [100, 250, 300, 500]);
    expect(texts).toHaveLength(3);
    expect(texts[0]).toMatch(/^\r\u001b\[KExporting \[█{12} {12}\]/);
    expect(texts[0]!.length - '\r\u001b[K'.length).toBeLessThan(40);
    expect(texts[2]).toBe('\r\u001b[K');
  });

  it('says a plain line every few seconds elsewhere', () => {
    expect(written(false, [1000, 5000, 6000, 9000, 10_500])).toEqual([
      'Exporting 50 %  50 events, 10/s, 5 s left\n',
      'Exporting 50 %  50 events, 5/s, 11 s left\n',
    ]);
  });

  it('says nothing of what is done soon', () => {
    expect(written(false, [10, 100])).toEqual([]);
  });
});

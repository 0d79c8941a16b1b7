import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { SETTINGS } from './settings.js';

const lines = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8').split('\n');
const setting = /^# ?([A-Z][A-Z0-9_]*)=(.*)$/;

describe('.env.example', () => {
  const shown = new Map(
    lines.flatMap(line => {
      const found = setting.exec(line);
      return found ? [[found[1] ?? '', found[2] ?? ''] as const] : [];
    }),
  );

  it('lists every setting and nothing else', () => {
    expect([...shown.keys()].sort()).toEqual(Object.keys(SETTINGS).sort());
  });

  it('sets nothing: a copy of it changes no default', () => {
    expect(lines.filter(line => line !== '' && !line.startsWith('#'))).toEqual([]);
  });

  it.each(Object.entries(SETTINGS))('shows the default of %s', (name, { fallback }) => {
    expect(shown.get(name)).toBe(String(fallback));
  });

  it('gives a reason above every setting', () => {
    const bare = lines.filter((line, at) => setting.test(line) && !/^# \S/.test(lines[at - 1] ?? ''));
    expect(bare).toEqual([]);
  });
});

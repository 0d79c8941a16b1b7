import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from './checkout.mjs';

/** A small checkout with imports that the rules allow, and one that each rule forbids. */
const FILES = {
  'package.json': readFileSync(join(root, 'package.json'), 'utf8'),
  'tsconfig.json': readFileSync(join(root, 'tsconfig.json'), 'utf8'),
  'libs/domain/src/index.ts': `export * from './deep.js'; export * from './queue-user.js';`,
  'libs/domain/src/deep.ts': `import { readFileSync } from 'node:fs'; export const deep = readFileSync;`,
  'libs/domain/src/queue-user.ts': `import type { Job } from '#libs/work-queues'; export type Mine = Job;`,
  'libs/domain/src/for-tests.ts': `import { tmpdir } from 'node:os'; export const outside = tmpdir;`,
  'libs/work-queues/src/index.ts': `export type { Job } from './job.js';`,
  'libs/work-queues/src/job.ts': `export interface Job { readonly id: string }`,
  'libs/actors/src/index.ts': `export * from './ring-one.js';`,
  'libs/actors/src/ring-one.ts': `import type { Two } from './ring-two.js'; export type One = Two;`,
  'libs/actors/src/ring-two.ts': `import type { One } from './ring-one.js'; export type Two = One | 'two';`,
  'libs/event-log/src/index.ts': `import type { One } from '#libs/actors'; export type Log = One;`,
  'libs/config/src/index.ts': `export { main } from '../../../apps/api/src/main.js';`,
  'apps/api/src/main.ts': `export { route } from './dialects/platform/route.js'; export const main = 1;`,
  'apps/api/src/chat/post.ts': `export { route } from '../dialects/platform/route.js';`,
  'apps/api/src/chat/read.ts': `import type { Job } from '#libs/work-queues'; export type Read = Job;`,
  'apps/api/src/chat/inside.ts': `export type { Job } from '../../../../libs/work-queues/src/job.js';`,
  'apps/api/src/chat/lost.ts': `export { nothing } from './no-such-file.js';`,
  'apps/api/src/dialects/platform/route.ts': `export { read } from '../../chat/list.js'; export const route = 1;`,
  'apps/api/src/chat/list.ts': `export const read = 1;`,
  'apps/web/src/main.ts': `import type { Job } from '#libs/work-queues'; export type Shown = Job;`,
  'sdks/js/src/index.ts': `export * from './client.js';`,
  'sdks/js/src/client.ts': `import type { Job } from '../../../libs/work-queues/src/index.js'; export type Sent = Job;`,
  'apps/recorder/src/main.ts': `export { main } from '../../api/src/main.js';`,
};

/** Which import each rule forbids among them. */
const FORBIDDEN = {
  'no-circular-imports': ['libs/actors/src/ring-one.ts', 'libs/actors/src/ring-two.ts'],
  'libs-know-no-app': ['libs/config/src/index.ts', 'apps/api/src/main.ts'],
  'apps-know-no-other-app': ['apps/recorder/src/main.ts', 'apps/api/src/main.ts'],
  'log-and-queues-know-the-domain-alone': ['libs/event-log/src/index.ts', 'libs/actors/src/index.ts'],
  'the-web-client-knows-the-domain-alone': ['apps/web/src/main.ts', 'libs/work-queues/src/index.ts'],
  'libs-are-entered-through-their-index': ['apps/api/src/chat/inside.ts', 'libs/work-queues/src/job.ts'],
  'subjects-know-no-dialect': ['apps/api/src/chat/post.ts', 'apps/api/src/dialects/platform/route.ts'],
  'sdks-know-nothing-else': ['sdks/js/src/client.ts', 'libs/work-queues/src/index.ts'],
  'no-unresolvable-import': ['apps/api/src/chat/lost.ts', './no-such-file.js'],
};

describe('the rules of dependencies', () => {
  /** @type {string} */
  let dir;
  /** @type {{ from: string, to: string, rule: { name: string } }[]} */
  let violations;

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'parley-rules-'));
    for (const [path, text] of Object.entries(FILES)) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), text);
    }
    symlinkSync(join(root, 'node_modules'), join(dir, 'node_modules'));
    const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
    const rules = join(root, '.dependency-cruiser.mjs');
    const { stdout } = spawnSync(
      process.execPath,
      [cruiser, '--config', rules, '--output-type', 'json', 'apps', 'libs', 'sdks'],
      { cwd: dir, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
    );
    ({ violations } = JSON.parse(stdout).summary);
  });
  afterAll(() => {
    rmSync(dir, { recursive: true });
  });

  /** @param {string} name */
  const brokenBy = name =>
    violations.filter(({ rule }) => rule.name === name).map(({ from, to }) => [from, to]);

  it.each(Object.entries(FORBIDDEN))('%s forbids what it names, and only that', (name, [from, to]) => {
    expect(brokenBy(name)).toEqual([[from, to]]);
  });

  it('domain-is-pure finds what the domain leads to, however far, and lets its test support be', () => {
    const reached = brokenBy('domain-is-pure').map(([, to]) => to);
    expect(reached).toContain('fs');
    expect(reached).toContain('libs/work-queues/src/index.ts');
    expect(reached).not.toContain('os');
  });

  it('the fixture tries every rule there is', async () => {
    const { default: config } = await import('../.dependency-cruiser.mjs');
    const names = (config.forbidden ?? []).map(rule => rule.name);
    expect([...Object.keys(FORBIDDEN), 'domain-is-pure'].toSorted()).toEqual(names.toSorted());
  });
});

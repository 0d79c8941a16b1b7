/** Builds the server (dist/apps, dist/libs, dist/bench) and the web client (dist/web), each only when it changed. */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { inCheckout, node24, root } from './checkout.mjs';
import { run } from './run-command.mjs';

/** @param {string} path @returns {string[]} the files at a path, at any depth */
const filesAt = path => {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap(entry => {
    if (entry.name === 'node_modules') return [];
    const inner = join(path, entry.name);
    return entry.isDirectory() ? filesAt(inner) : [inner];
  });
};

/**
 * A text that differs when any of the files does: their names, sizes and times of change.
 * @param {string[]} paths relative to the checkout
 */
export const stampOf = paths => {
  const digest = createHash('sha256');
  for (const file of paths.flatMap(path => filesAt(inCheckout(path))).sort()) {
    const { size, mtimeMs } = statSync(file);
    digest.update(`${relative(root, file)}\0${size}\0${mtimeMs}\0`);
  }
  return digest.digest('hex');
};

/**
 * Builds unless the sources are those of the last finished build. The stamp is taken before and written after, so that
 * an interrupted build, or a file saved meanwhile, makes the next start build again.
 * @param {{ stampFile: string, sources: string[], build: () => Promise<void> }} what
 */
const whenChanged = async ({ stampFile, sources, build }) => {
  const path = inCheckout(stampFile);
  const stamp = stampOf(sources);
  if (existsSync(path) && readFileSync(path, 'utf8') === stamp) return 'unchanged';
  rmSync(path, { force: true });
  await build();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, stamp);
  return 'built';
};

/** Takes away what an earlier build made of sources that are no longer there. */
const prune = () => {
  for (const made of ['dist/apps', 'dist/libs', 'dist/bench'].flatMap(path => filesAt(inCheckout(path)))) {
    const source = join(root, relative(inCheckout('dist'), made)).replace(/\.js(\.map)?$/, '.ts');
    if (!existsSync(source)) rmSync(made);
  }
};

export const buildServer = () =>
  whenChanged({
    stampFile: 'dist/.server-stamp',
    sources: [
      ...['api', 'cli', 'media-worker', 'recorder'].map(app => `apps/${app}`),
      ...['libs', 'bench', 'nest-cli.json', '.swcrc', 'tsconfig.json', 'package-lock.json'],
    ],
    build: async () => {
      await run(node24, ['node_modules/@nestjs/cli/bin/nest.js', 'build', '--all'], { cwd: root });
      prune();
    },
  });

/** Built beside its place and moved there whole, since a running api may be serving the last one. */
export const buildWeb = () =>
  whenChanged({
    stampFile: 'dist/.web-stamp',
    sources: ['apps/web', 'libs/domain', 'package-lock.json'],
    build: async () => {
      const beside = inCheckout('dist/.web-building');
      const vite = 'node_modules/vite/bin/vite.js';
      await run(node24, [vite, 'build', 'apps/web', '--outDir', beside, '--emptyOutDir'], { cwd: root });
      rmSync(inCheckout('dist/web'), { recursive: true, force: true });
      renameSync(beside, inCheckout('dist/web'));
    },
  });

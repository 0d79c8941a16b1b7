/** Where things lie in this checkout. Plain JavaScript, as all of set-up: it runs before any package is there. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The pinned Node, which comes as a package; the Node that runs set-up may be older. */
export const node24 = join(root, 'node_modules/node/bin/node');

export const cliMain = join(root, 'dist/apps/cli/src/main.js');

/** @param {string} path relative to the checkout */
export const inCheckout = path => join(root, path);

/** @param {string} path a JSON file; @returns {any} its value, or undefined where there is no such file */
export const readJson = path => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined);

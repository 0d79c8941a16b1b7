/** Files that are made of the code and committed: written, or, with `--check`, held to what the code says. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import prettier from 'prettier';
import { inCheckout } from './checkout.mjs';

const check = process.argv.includes('--check');

/**
 * @param {string} path relative to the checkout
 * @param {string} text not yet formatted
 * @returns {Promise<boolean>} whether what was there is stale
 */
export const update = async (path, text) => {
  const file = inCheckout(path);
  const wanted = await prettier.format(text, { ...(await prettier.resolveConfig(file)), filepath: file });
  if (existsSync(file) && readFileSync(file, 'utf8') === wanted) return false;
  if (!check) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, wanted);
  }
  return true;
};

/**
 * Ends a script that made files.
 * @param {string[]} stale those that were not what the code says @param {string} script how the script is run
 */
export const tell = (stale, script) => {
  if (check && stale.length > 0) {
    console.error(`${stale.join(' and ')}: not what the code says. Run node ${script}.`);
    process.exit(1);
  }
  for (const path of stale) console.log(`${path} written`);
};

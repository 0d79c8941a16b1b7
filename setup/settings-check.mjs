/** Stops a start with a broken setting before its slow steps. The settings themselves are libs/config's. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { inCheckout, node24, root } from './checkout.mjs';
import { SetUpError } from './set-up-error.mjs';

/** Settings from the checkout's `.env`, where there is one. What the environment sets already, it keeps. */
export const loadEnvFile = () => {
  // Node 20 has loadEnvFile from 20.12 on; before, `parley up` alone reads the file, with the pinned Node.
  if (existsSync(inCheckout('.env'))) process.loadEnvFile?.(inCheckout('.env'));
};

/**
 * The first check, with what is there before any package is: the names that .env.example lists, which a test holds to
 * the real ones.
 * @param {NodeJS.ProcessEnv} env
 */
export const checkNames = env => {
  const listed = readFileSync(inCheckout('.env.example'), 'utf8');
  const known = new Set([...listed.matchAll(/^# ?([A-Z][A-Z0-9_]*)=/gm)].map(found => found[1]));
  const unknown = Object.keys(env).find(name => name.startsWith('PARLEY_') && !known.has(name));
  if (unknown) {
    throw new SetUpError(
      `${unknown} is not a setting of Parley; .env.example lists all of them. Correct or unset it.`,
    );
  }
};

const program = `
  const { loadConfig } = await import(process.argv[1]);
  try { loadConfig(process.env); } catch (error) {
    if (error.name !== 'ConfigError') throw error;
    console.error(error.message);
    process.exit(1);
  }`;

/** The second check, as soon as libs/config is built: every value, by the code that will read it. */
export const checkValues = () => {
  const config = inCheckout('dist/libs/config/src/index.js');
  const { status, stderr } = spawnSync(node24, ['--input-type=module', '-e', program, config], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new SetUpError(stderr.trim());
};

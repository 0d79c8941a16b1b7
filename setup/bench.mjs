/**
 * `npm run bench [-- NAME…]`: sets up, then runs the benchmarks one after the other: all, or those whose file's name
 * contains one of the NAMEs.
 *
 * A benchmark is a program bench/NAME.bench.ts that measures and prints a table. It exports nothing. Like the apps it is
 * compiled by `nest build` (project "bench" of nest-cli.json), to dist/bench/NAME.bench.js, and so runs the compiled
 * libs, which is what a system in service runs. It has MEDIASOUP_WORKER_BIN in its environment and the checkout as its
 * working directory, and ends by itself, with a code other than 0 if it could not measure.
 */
import './node-version.mjs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';

const { inCheckout, node24, root } = await import('./checkout.mjs');
const { endWith, SetUpError } = await import('./set-up-error.mjs');
const { setUp } = await import('./set-up.mjs');
const { releaseSignals } = await import('./interruption.mjs');

try {
  const env = await setUp();
  const wanted = process.argv.slice(2);
  const files = readdirSync(inCheckout('dist/bench'))
    .filter(file => file.endsWith('.bench.js'))
    .filter(file => wanted.length === 0 || wanted.some(name => file.includes(name)));
  if (files.length === 0)
    throw new SetUpError(`No benchmark in bench/ is named like ${wanted.join(' or ')}.`);

  releaseSignals();
  let failures = 0;
  for (const file of files) {
    process.stdout.write(`\n──── ${file.replace('.bench.js', '')} ────\n`);
    const child = spawn(node24, [inCheckout(`dist/bench/${file}`)], { cwd: root, env, stdio: 'inherit' });
    const [code] = await once(child, 'exit');
    if (code !== 0) failures += 1;
  }
  process.exit(failures === 0 ? 0 : 1);
} catch (error) {
  endWith(error);
}

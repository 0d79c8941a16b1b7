/** `npm run demo`: sees that there is a Chromium, then holds a real meeting against the running system. */
import './node-version.mjs';

const { endWith } = await import('./set-up-error.mjs');
try {
  const { install, missing, toDemo } = await import('./debian-packages.mjs');
  const names = missing(toDemo);
  if (names.length > 0) {
    process.stdout.write(`Installing ${names.join(', ')} …\n`);
    await install(names, state => process.stdout.write(`  ${state}\n`));
  }
  process.argv.splice(2, 0, 'demo');
  await import('./parley.mjs');
} catch (error) {
  endWith(error);
}

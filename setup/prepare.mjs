/** Sets everything up, as npm start does, and starts nothing: for an image that is to start later. */
import './node-version.mjs';

const { endWith } = await import('./set-up-error.mjs');
try {
  const { setUp } = await import('./set-up.mjs');
  await setUp();
  process.exit(0);
} catch (error) {
  endWith(error);
}

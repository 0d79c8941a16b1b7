/** `npm start`: sets everything up, then runs the whole system in the foreground (`parley up`). */
import './node-version.mjs';

const { endWith } = await import('./set-up-error.mjs');
try {
  const { cliMain, node24 } = await import('./checkout.mjs');
  const { setUp } = await import('./set-up.mjs');
  const env = await setUp();
  const { releaseSignals } = await import('./interruption.mjs');
  const { handOver } = await import('./hand-over.mjs');
  releaseSignals();
  handOver(node24, [cliMain, 'up', ...process.argv.slice(2)], env);
} catch (error) {
  endWith(error);
}

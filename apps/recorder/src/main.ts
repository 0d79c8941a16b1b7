import { enableCompileCache, flushCompileCache } from 'node:module';
import { join } from 'node:path';

// A recorder that was killed must be back at once: compiled code is kept, beside the program.
enableCompileCache(join(import.meta.dirname, '.compile-cache'));
const { run } = await import('./run.js');
await run();
flushCompileCache();

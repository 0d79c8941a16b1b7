import { runService } from '#libs/service';
import { startApplication } from './start-application.js';
import { startRecorder } from './recorder.js';

await runService('recorder', async (config, logger) => {
  // It captures before the rest of the application is there: a recorder that was killed must be back at once.
  const recorder = await startRecorder({ config, logger });
  return startApplication({ recorder, config, logger });
});

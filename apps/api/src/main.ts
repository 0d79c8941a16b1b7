import 'reflect-metadata';
import { runService } from '#libs/service';
import { startApi } from './start-api.js';

await runService('api', startApi);

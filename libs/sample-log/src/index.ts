export * from './sample-events.js';
export type { SampleEvent } from './world.js';
export * from './write-sample-log.js';

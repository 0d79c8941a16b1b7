/** The queue of requests to one media worker process. */
export const mediaQueue = (mediaWorkerId: string): string => `media-${mediaWorkerId}`;

/** The queue of requests to one recorder process. */
export const recorderQueue = (recorderId: string): string => `recorder-${recorderId}`;

/** Composition jobs, shared by all recorders. The job id is the recording id. */
export const COMPOSITION_QUEUE = 'composition';

/** What workers tell the api. The job id is the fact's id. */
export const FACTS_QUEUE = 'facts';

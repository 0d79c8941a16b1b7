/** Why a microphone or camera cannot be used. */
export type DeviceProblem = 'refused' | 'missing' | 'busy' | 'insecure' | 'failed';

/** Reads the reason out of a failed getUserMedia (W3C Media Capture and Streams, names of the DOMException). */
export const deviceProblemOf = (error: unknown): DeviceProblem => {
  const name = error instanceof Error ? error.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'refused';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    case 'InsecureError':
      return 'insecure';
    default:
      return 'failed';
  }
};

/** A sentence about it for people. */
export const explainDeviceProblem = (device: 'microphone' | 'camera', problem: DeviceProblem): string => {
  switch (problem) {
    case 'refused':
      return `The browser may not use your ${device}. Allow it in the address bar to be ${device === 'camera' ? 'seen' : 'heard'}.`;
    case 'missing':
      return `No ${device} was found.`;
    case 'busy':
      return `Your ${device} is in use by another program.`;
    case 'insecure':
      return `Browsers give access to the ${device} only over https or on localhost.`;
    case 'failed':
      return `Your ${device} could not be started.`;
  }
};

/// <reference types="vite/client" />
import type { MeetingSession } from './session/meeting-session.js';

declare global {
  interface Window {
    /** The meeting that this page is in: for automation and for the curious. */
    parley?: { session?: MeetingSession };
  }
}

import type { RecordedTrack } from '#libs/domain';

interface OfRecording {
  readonly recordingId: string;
}
type Operation<Request, Result = Record<string, never>> = { request: Request; result: Result };

/** What the api may ask of one recorder process. Each is safe to ask twice. */
export interface RecorderOperations {
  /**
   * Binds a UDP port for the recording; packets of tracks not named yet wait in memory for a few seconds.
   * `epoch`: the recording's start, milliseconds since 1970; media times in the files count from it.
   */
  'capture.start': Operation<OfRecording & { readonly epoch: number }, { ip: string; port: number }>;
  'capture.addTrack': Operation<OfRecording & { readonly track: RecordedTrack }>;
  /** Flushes and closes the files and the port. */
  'capture.stop': Operation<OfRecording>;
}

/** A participant's presence in the composed picture; times in seconds since the recording's start. */
export interface ComposedParticipant {
  readonly participantId: string;
  readonly displayName: string;
  /** From joining to leaving, as often as that happened, clipped to the recording. */
  readonly present: readonly (readonly [from: number, to: number])[];
  /** When the camera was on. */
  readonly videoOn: readonly (readonly [from: number, to: number])[];
}

/** The job of the shared queue `composition`; its job id is the recording id. Finds tracks at `recordings/<recordingId>/tracks/`. */
export interface CompositionJob {
  readonly recordingId: string;
  readonly meetingId: string;
  /** Seconds. */
  readonly duration: number;
  readonly participants: readonly ComposedParticipant[];
  readonly tracks: readonly RecordedTrack[];
}

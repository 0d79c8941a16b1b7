import { DomainError } from '#libs/domain';
import type { RecorderOperations } from '#libs/work-queues';
import { recordingFiles } from '../recording-files.js';
import { CaptureSession } from './capture-session.js';

export interface CapturesOptions {
  /** Absolute. */
  readonly dataDir: string;
  readonly host: string;
  readonly onKeyFrameNeeded: (recordingId: string, trackId: string) => void;
  readonly onError: (error: Error, recordingId: string, trackId?: string) => void;
}

type Handlers = {
  readonly [K in keyof RecorderOperations]: (
    request: RecorderOperations[K]['request'],
  ) => Promise<RecorderOperations[K]['result']>;
};

/** The captures of this process. Each operation may be asked twice. */
export class Captures {
  readonly #sessions = new Map<string, Promise<CaptureSession>>();

  constructor(private readonly options: CapturesOptions) {}

  readonly handlers: Handlers = {
    'capture.start': async ({ recordingId, epoch }) => {
      const session = await (this.#sessions.get(recordingId) ?? this.#start(recordingId, epoch));
      return { ip: this.options.host, port: session.port };
    },
    'capture.addTrack': async ({ recordingId, track }) => {
      const session = this.#sessions.get(recordingId);
      if (!session) throw new DomainError('RECORDING_NOT_ACTIVE');
      (await session).addTrack(track);
      return {};
    },
    'capture.stop': async ({ recordingId }) => {
      const session = this.#sessions.get(recordingId);
      this.#sessions.delete(recordingId);
      await (await session)?.close();
      return {};
    },
  };

  /** Ends all captures; their files are whole. */
  async close(): Promise<void> {
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    await Promise.all(sessions.map(async session => (await session).close()));
  }

  #start(recordingId: string, epoch: number): Promise<CaptureSession> {
    const { dataDir, host, onKeyFrameNeeded, onError } = this.options;
    const starting = CaptureSession.start({
      files: recordingFiles(dataDir, recordingId),
      host,
      epoch,
      onKeyFrameNeeded: trackId => onKeyFrameNeeded(recordingId, trackId),
      onError: (error, trackId) => onError(error, recordingId, trackId),
    });
    this.#sessions.set(recordingId, starting);
    starting.catch(() => this.#sessions.delete(recordingId));
    return starting;
  }
}

import { MediaSession, type MediaSessionOptions } from './media-session.js';
import type { MeetingState } from './meeting-state.js';
import type { OwnTracks } from './own-tracks.js';
import type { RemoteProducer } from './protocol.js';
import { hasCode } from './service-error.js';

/** Milliseconds before the next attempt, by the number of attempts that failed. */
const RETRY_MS = [300, 700, 1_500, 3_000, 5_000] as const;

export interface MediaLinkOptions extends Omit<MediaSessionOptions, 'broken'> {
  readonly tracks: () => OwnTracks;
  readonly producers: () => readonly RemoteProducer[];
  readonly changed: (media: MeetingState['media']) => void;
  /** An attempt failed for good: the browser cannot do it. */
  readonly unsupported: (error: unknown) => void;
}

/** Sees to it that there is a media session: negotiates, and negotiates again whenever the last one is lost. */
export class MediaLink {
  #session: MediaSession | undefined;
  /** Counts negotiations; an older one that is still under way gives up when it sees a newer one. */
  #generation = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wasReady = false;

  constructor(private readonly options: MediaLinkOptions) {}

  get session(): MediaSession | undefined {
    return this.#session;
  }

  /** Drops what there is and negotiates anew, with the same tracks. */
  start(): void {
    this.#drop();
    void this.#attempt(this.#generation, 0);
  }

  /** The tracks or the producers changed. */
  update(): void {
    this.#session?.subscribe(this.options.producers());
    void this.#session?.publish(this.options.tracks());
  }

  /** One of our producers was closed by the server. */
  lost(producerId: string): void {
    void this.#session?.lost(producerId);
  }

  stop(): void {
    this.#drop();
    this.options.changed('idle');
  }

  #drop(): void {
    this.#generation += 1;
    clearTimeout(this.#timer);
    this.#session?.close();
    this.#session = undefined;
  }

  async #attempt(generation: number, failures: number): Promise<void> {
    this.options.changed(this.#wasReady || failures > 0 ? 'interrupted' : 'negotiating');
    try {
      const session = await MediaSession.negotiate({
        ...this.options,
        broken: reason => {
          console.warn('The media connection is lost; negotiating again', reason);
          if (generation === this.#generation) this.start();
        },
      });
      if (generation !== this.#generation) {
        session.close();
        return;
      }
      this.#session = session;
      this.#wasReady = true;
      this.options.changed('ready');
      this.update();
    } catch (error) {
      if (generation !== this.#generation) return;
      if (error instanceof Error && error.name === 'UnsupportedError') {
        this.options.unsupported(error);
        return;
      }
      // The signalling connection comes back by itself, and then everything is negotiated again.
      if (hasCode(error, 'DISCONNECTED')) return;
      console.warn('The media negotiation failed', error);
      this.options.changed('interrupted');
      const wait = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)];
      this.#timer = setTimeout(() => void this.#attempt(generation, failures + 1), wait);
    }
  }
}

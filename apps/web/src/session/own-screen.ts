import type { LocalMedia } from './local-media.js';
import type { Ask, Participant } from './protocol.js';

/** Keeps the server's word on our shared screen equal to what this page shares, and ends sharing where it is not allowed. */
export class OwnScreen {
  #told = false;

  constructor(
    private readonly ask: Ask,
    private readonly local: Pick<LocalMedia, 'state' | 'stopScreen'>,
    private readonly ended: () => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** The seat was taken, for the first time or again: the server knows of no screen. */
  joined(): void {
    this.#told = false;
    this.sync();
  }

  /** This page began or ended sharing. */
  sync(): void {
    const sharing = this.local.state.get().screen !== undefined;
    if (sharing === this.#told) return;
    this.#told = sharing;
    this.ask(sharing ? 'start_screen_share' : 'stop_screen_share', {}).catch((error: unknown) => {
      this.failed(error);
      if (!sharing) return;
      this.#told = false;
      this.local.stopScreen();
    });
  }

  /** The server's picture of us changed: a host or co-host may have ended the sharing. */
  observed(before: Participant | undefined, now: Participant): void {
    if (before?.is_screen_sharing && !now.is_screen_sharing) this.stop();
  }

  /** Sharing is not allowed any more. */
  stop(): void {
    if (this.local.state.get().screen === undefined) return;
    // The server knows already.
    this.#told = false;
    this.local.stopScreen();
    this.ended();
  }
}

import type { LocalMedia } from './local-media.js';
import type { Ask, Participant } from './protocol.js';

interface Flags {
  readonly is_muted: boolean;
  readonly is_video_on: boolean;
}

/** Milliseconds that the server's picture of us must differ before it is taken for another's doing, not for an echo. */
const ECHO_MS = 500;

/**
 * Keeps the server's word on our microphone and camera equal to what this page has, and gives in where a host or
 * co-host muted us or turned our camera off.
 */
export class OwnFlags {
  #told: Flags | undefined;
  #inFlight = 0;
  #server: Flags | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly ask: Ask,
    private readonly local: Pick<LocalMedia, 'state' | 'setMicrophone' | 'setCamera'>,
    private readonly quietened: (
      device: 'microphone' | 'camera',
      when: 'in the meeting' | 'on entry',
    ) => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  wanted(): Flags {
    const { microphoneOn, cameraOn } = this.local.state.get();
    return { is_muted: !microphoneOn, is_video_on: cameraOn };
  }

  /**
   * The seat was taken. The server may have other flags than ours: on entry its word counts where it is the quieter one,
   * as that of a meeting whose participants come in muted; after an interruption ours does.
   */
  joined(self: Participant | undefined, onEntry: boolean): void {
    // Nothing is told of what follows here: it is what the server knows.
    this.#told = undefined;
    const { microphoneOn, cameraOn } = this.local.state.get();
    if (onEntry && self?.is_muted && microphoneOn) {
      void this.local.setMicrophone(false);
      this.quietened('microphone', 'on entry');
    }
    if (onEntry && self?.is_video_on === false && cameraOn) {
      void this.local.setCamera(false);
      this.quietened('camera', 'on entry');
    }
    this.#told = self && { is_muted: self.is_muted, is_video_on: self.is_video_on };
    this.#server = this.#told;
    this.sync();
  }

  /** This page's microphone or camera changed. */
  sync(): void {
    if (!this.#told) return;
    const wanted = this.wanted();
    if (wanted.is_muted !== this.#told.is_muted) {
      this.#told = { ...this.#told, is_muted: wanted.is_muted };
      const { is_muted } = wanted;
      void this.#tell(this.ask('toggle_audio', { is_muted }), { is_muted });
    }
    if (wanted.is_video_on !== this.#told.is_video_on) {
      this.#told = { ...this.#told, is_video_on: wanted.is_video_on };
      const { is_video_on } = wanted;
      void this.#tell(this.ask('toggle_video', { is_video_on }), { is_video_on });
    }
  }

  /** The server's picture of us changed. */
  observed({ is_muted, is_video_on }: Participant): void {
    this.#server = { is_muted, is_video_on };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#compare(true), ECHO_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#told = undefined;
  }

  #compare(byAnother: boolean): void {
    const { is_muted, is_video_on } = this.wanted();
    if (!this.#server || !this.#told || this.#inFlight > 0) return;
    if (this.#server.is_muted && !is_muted) {
      this.#told = { ...this.#told, is_muted: true };
      void this.local.setMicrophone(false);
      if (byAnother) this.quietened('microphone', 'in the meeting');
    }
    if (!this.#server.is_video_on && is_video_on) {
      this.#told = { ...this.#told, is_video_on: false };
      void this.local.setCamera(false);
      if (byAnother) this.quietened('camera', 'in the meeting');
    }
  }

  async #tell(asked: Promise<unknown>, told: Partial<Flags>): Promise<void> {
    this.#inFlight += 1;
    let byAnother = true;
    try {
      await asked;
      if (this.#server) this.#server = { ...this.#server, ...told };
    } catch (error) {
      byAnother = false;
      this.failed(error);
    } finally {
      this.#inFlight -= 1;
      if (this.#inFlight === 0 && this.#server) {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#compare(byAnother), ECHO_MS);
      }
    }
  }
}

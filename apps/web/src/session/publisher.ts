import type { types } from 'mediasoup-client';
import { cameraEncodings, MICROPHONE_CODEC, SCREEN_AUDIO_CODEC, screenEncodings } from './encodings.js';
import { SOURCES, type OwnTracks } from './own-tracks.js';
import type { Ask, Source } from './protocol.js';

const optionsFor = (source: Source, track: MediaStreamTrack): types.ProducerOptions => {
  switch (source) {
    case 'microphone':
      return { codecOptions: MICROPHONE_CODEC };
    case 'screen-audio':
      return { codecOptions: SCREEN_AUDIO_CODEC };
    case 'camera':
      return {
        encodings: cameraEncodings(track.getSettings().height ?? 720),
        codecOptions: { videoGoogleStartBitrate: 1000 },
      };
    case 'screen':
      return { encodings: screenEncodings(), codecOptions: { videoGoogleStartBitrate: 1000 } };
  }
};

/** Keeps what runs on the sending transport equal to the tracks that this page has. */
export class Publisher {
  readonly #producers = new Map<Source, types.Producer>();
  #wanted: OwnTracks = {};
  #running: Promise<void> | undefined;
  #closed = false;

  constructor(
    private readonly transport: types.Transport,
    private readonly ask: Ask,
    private readonly failed: (source: Source, error: unknown) => void,
  ) {}

  /** Publishes, replaces and takes back until the tracks given last are what is sent. */
  async publish(tracks: OwnTracks): Promise<void> {
    this.#wanted = tracks;
    this.#running ??= this.#work().finally(() => {
      this.#running = undefined;
    });
    await this.#running;
  }

  /** The server closed one of our producers, as it does with what we may not send (any more). */
  async lost(producerId: string): Promise<void> {
    for (const [source, producer] of this.#producers) {
      if (producer.id !== producerId) continue;
      this.#producers.delete(source);
      producer.close();
      // What is wanted still, or again, is published anew.
      await this.publish({ ...this.#wanted });
    }
  }

  close(): void {
    this.#closed = true;
  }

  async #work(): Promise<void> {
    let done: OwnTracks | undefined;
    while (done !== this.#wanted && !this.#closed) {
      const tracks = this.#wanted;
      await Promise.all(
        SOURCES.map(async source => {
          try {
            await this.#settle(source, tracks[source]);
          } catch (error) {
            if (!this.#closed) this.failed(source, error);
          }
        }),
      );
      done = tracks;
    }
  }

  async #settle(source: Source, track: MediaStreamTrack | undefined): Promise<void> {
    const producer = this.#producers.get(source);
    if (producer) {
      if (producer.track === (track ?? null)) return;
      const leaves = !track && (source === 'screen' || source === 'screen-audio');
      // A camera or microphone that went away comes back soon: its producer stays, and so do those who consume it.
      if (!leaves) return producer.replaceTrack({ track: track ?? null });
      this.#producers.delete(source);
      producer.close();
      await this.ask('close_producer', { producer_id: producer.id });
    } else if (track && track.readyState === 'live') {
      const options = optionsFor(source, track);
      // The track is LocalMedia's: the transport must neither stop it nor mute it.
      const owned = { track, stopTracks: false, disableTrackOnPause: false, zeroRtpOnPause: false };
      this.#producers.set(
        source,
        await this.transport.produce({ ...options, ...owned, appData: { source } }),
      );
    }
  }
}

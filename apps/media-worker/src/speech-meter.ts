import type { types } from 'mediasoup';
import type { OwnedProducer } from './client-producers.js';
import { type SpokenTime, SpeechSums } from './speech-sums.js';

/**
 * How a router listens, by one observer for all microphones. It reads the loudness that each packet's sender states in the
 * header (RFC 6464), so nothing is decoded, and what a client does not state is not heard.
 */
export const LISTENING = {
  /**
   * Milliseconds over which loudness is averaged: about a word. It is one message from mediasoup twice a second while anybody
   * speaks. mediasoup counts nobody with fewer than 10 packets in it, which packets of up to 40 ms pass; browsers send 20.
   */
  interval: 500,
  /**
   * Mean dBov from which it is speech. Speech under a browser's gain control is about -25, what its noise suppression leaves
   * of a room -80 and less: half an interval of speech is enough, a room or keyboard is not.
   */
  threshold: -60,
  /** Everybody who speaks at a time. */
  maxEntries: 65_535,
} as const;

export interface SpeechMeterOptions {
  /** Made with {@link LISTENING}; it closes with its router. */
  readonly levels: types.AudioLevelObserver;
  readonly onSpoken: (spoken: SpokenTime) => void;
  readonly onError: (error: Error, producerId: string) => void;
}

/** Measures how long each participant of one meeting speaks. A paused producer does not speak: mediasoup drops its packets. */
export class SpeechMeter {
  readonly #options: SpeechMeterOptions;
  readonly #sums: SpeechSums;
  /** Participant id by producer id. */
  readonly #speakers = new Map<string, string>();

  constructor(options: SpeechMeterOptions) {
    this.#options = options;
    this.#sums = new SpeechSums(options.onSpoken);
    options.levels.on('volumes', volumes => this.#heard(volumes.map(({ producer }) => producer.id)));
    options.levels.observer.on('close', () => this.settle());
  }

  /** Listens to this producer from now on if it is a microphone. */
  add({ producer, participantId, source }: OwnedProducer): void {
    if (source !== 'microphone') return;
    const { levels, onError } = this.#options;
    this.#speakers.set(producer.id, participantId);
    levels.addProducer({ producerId: producer.id }).catch((error: Error) => {
      if (!producer.closed && !levels.closed) onError(error, producer.id);
    });
  }

  /** The producer closed: what its participant spoke is told. */
  remove({ producer, participantId }: OwnedProducer): void {
    if (this.#speakers.delete(producer.id)) this.#sums.settle(participantId);
  }

  /** Tells what everybody spoke up to now. */
  settle(): void {
    this.#sums.settleAll();
  }

  /** Who speaks into two devices at a time speaks once. */
  #heard(producerIds: readonly string[]): void {
    const participantIds = new Set(producerIds.map(id => this.#speakers.get(id)));
    for (const participantId of participantIds) {
      if (participantId !== undefined) this.#sums.heard(participantId, LISTENING.interval);
    }
  }
}

import { LevelMeter } from './level-meter.js';
import { nextSpeaking, nobodySpeaks, type Speaking } from './speaking.js';
import { Store } from './store.js';

/** Milliseconds between two looks. */
const PERIOD_MS = 200;

export interface SpeakingSources {
  readonly remote: () => ReadonlyMap<string, number>;
  /** The own microphone while it is on, and whose it is. */
  readonly own: () => { readonly participantId: string; readonly track: MediaStreamTrack } | undefined;
}

/** Watches who is heard, and keeps the set of those who speak. */
export class SpeakingWatch {
  readonly speakers = new Store<ReadonlySet<string>>(new Set());
  #speaking: Speaking = nobodySpeaks;
  #meter: LevelMeter | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly sources: SpeakingSources) {}

  start(): void {
    this.#timer ??= setInterval(() => this.#look(), PERIOD_MS);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#meter?.close();
    this.#meter = undefined;
  }

  #look(): void {
    const levels = new Map(this.sources.remote());
    const own = this.sources.own();
    if (own?.track !== this.#meter?.track) {
      this.#meter?.close();
      this.#meter = own && new LevelMeter(own.track);
    }
    if (own && this.#meter) levels.set(own.participantId, this.#meter.level());
    this.#speaking = nextSpeaking(this.#speaking, levels, performance.now());
    this.speakers.set(this.#speaking.speakers);
  }
}

import type { types } from 'mediasoup';
import { MeetingMedia, type MeetingMediaOptions } from './meeting-media.js';
import { ROUTER_CODECS } from './router-codecs.js';
import { LISTENING } from './speech-meter.js';

export type MeetingsOptions = Omit<MeetingMediaOptions, 'meetingId' | 'router' | 'levels'> & {
  readonly worker: types.Worker;
};

/** The meetings placed on this media worker. */
export class Meetings {
  readonly #options: MeetingsOptions;
  readonly #meetings = new Map<string, Promise<MeetingMedia>>();

  constructor(options: MeetingsOptions) {
    this.#options = options;
  }

  /** The meeting's media, with a new router where there is none. */
  open(meetingId: string): Promise<MeetingMedia> {
    const known = this.#meetings.get(meetingId);
    if (known) return known;
    const opening = this.#create(meetingId);
    this.#meetings.set(meetingId, opening);
    opening.catch(() => this.#forget(meetingId, opening));
    return opening;
  }

  find(meetingId: string): Promise<MeetingMedia | undefined> {
    return this.#meetings.get(meetingId) ?? Promise.resolve(undefined);
  }

  async close(meetingId: string): Promise<void> {
    const closing = this.#meetings.get(meetingId);
    if (!closing) return;
    this.#forget(meetingId, closing);
    (await closing).close();
  }

  /** Has all meetings tell what was spoken up to now. */
  async settleSpeech(): Promise<void> {
    for (const opened of await Promise.allSettled(this.#meetings.values())) {
      if (opened.status === 'fulfilled') opened.value.speech.settle();
    }
  }

  get size(): number {
    return this.#meetings.size;
  }

  async #create(meetingId: string): Promise<MeetingMedia> {
    const router = await this.#options.worker.createRouter({ mediaCodecs: ROUTER_CODECS });
    try {
      const levels = await router.createAudioLevelObserver(LISTENING);
      return new MeetingMedia({ ...this.#options, meetingId, router, levels });
    } catch (error) {
      router.close();
      throw error;
    }
  }

  #forget(meetingId: string, which: Promise<MeetingMedia>): void {
    if (this.#meetings.get(meetingId) === which) this.#meetings.delete(meetingId);
  }
}

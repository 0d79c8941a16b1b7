let context: AudioContext | undefined;

/** One for the page: browsers allow few. It runs once the user has touched the page. */
const sharedContext = (): AudioContext => {
  context ??= new AudioContext();
  if (context.state === 'suspended') void context.resume();
  return context;
};

/** Measures how loud a local audio track is. */
export class LevelMeter {
  readonly #source: MediaStreamAudioSourceNode;
  readonly #analyser: AnalyserNode;
  readonly #samples: Float32Array<ArrayBuffer>;

  constructor(readonly track: MediaStreamTrack) {
    const audio = sharedContext();
    this.#analyser = audio.createAnalyser();
    this.#analyser.fftSize = 512;
    this.#samples = new Float32Array(this.#analyser.fftSize);
    this.#source = audio.createMediaStreamSource(new MediaStream([track]));
    this.#source.connect(this.#analyser);
  }

  /** Root mean square of the last 10 ms or so, 0 to 1. */
  level(): number {
    if (context?.state === 'suspended') void context.resume();
    this.#analyser.getFloatTimeDomainData(this.#samples);
    let sum = 0;
    for (const sample of this.#samples) sum += sample * sample;
    return Math.sqrt(sum / this.#samples.length);
  }

  close(): void {
    this.#source.disconnect();
  }
}

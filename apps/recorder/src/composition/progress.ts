/** Told of progress at most so often, unless it went on by much. */
const EVERY_MS = 2000;
const EVERY_PERCENT = 5;

/** Sums the shares of several parts to whole per cent and reports them now and then. */
export class Progress {
  readonly #parts: { readonly weight: number; done: number }[] = [];
  #reported = -1;
  #reportedAt = 0;

  constructor(
    private readonly report: (percent: number) => void,
    private readonly now: () => number = Date.now,
  ) {}

  /** Adds a part. Tell what it answers the share that is done, 0 to 1. */
  part(weight: number): (share: number) => void {
    const part = { weight, done: 0 };
    this.#parts.push(part);
    return share => {
      part.done = Math.max(part.done, Math.min(1, share));
      this.#tell();
    };
  }

  #tell(): void {
    let [weight, done] = [0, 0];
    for (const part of this.#parts) {
      weight += part.weight;
      done += part.weight * part.done;
    }
    const percent = Math.floor((100 * done) / weight);
    const elapsed = this.now() - this.#reportedAt;
    const due =
      percent >= this.#reported + EVERY_PERCENT || (percent > this.#reported && elapsed >= EVERY_MS);
    if (!due || percent >= 100) return;
    this.#reported = percent;
    this.#reportedAt = this.now();
    this.report(percent);
  }
}

/** Told of progress at most so often, unless it went on by much. */
const EVERY_MS = 2000;
const EVERY_PERCENT = 5;

/** Sums the shares of several parts to whole per cent and reports them now and then. */
export class Progress {
  readonly #parts = new Map<string, { readonly weight: number; done: number }>();
  #reported = -1;
  #reportedAt = 0;

  constructor(
    private readonly report: (percent: number) => void,
    private readonly now: () => number = Date.now,
  ) {}

  part(name: string, weight: number): (share: number) => void {
    const part = { weight, done: 0 };
    this.#parts.set(name, part);
    return share => {
      part.done = Math.max(part.done, Math.min(1, share));
      this.#tell();
    };
  }

  #tell(): void {
    let [weight, done] = [0, 0];
    for (const part of this.#parts.values()) {
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

export interface CheckResult {
  readonly what: string;
  /** `missing`: Parley works without it. */
  readonly verdict: 'good' | 'missing' | 'bad';
  /** What was found. */
  readonly found: string;
  /** What to do where it is not good. */
  readonly remedy?: string;
}

import { DomainError } from '#libs/domain';

export interface ActorRegistryOptions {
  readonly idleMs: number;
  readonly maxActors: number;
  /** Milliseconds. */
  readonly clock: () => number;
}

/** Which actors are in memory, busy or idle, and when an idle one is dropped. Busy ones never are. */
export class ActorRegistry<A> {
  readonly #busy = new Map<string, A>();
  /** Longest idle first: an actor is put at the end whenever it becomes idle. */
  readonly #idle = new Map<string, { readonly actor: A; readonly since: number }>();
  #sweep: NodeJS.Timeout | undefined;
  #whenDrained: (() => void) | undefined;

  constructor(private readonly options: ActorRegistryOptions) {}

  get size(): number {
    return this.#busy.size + this.#idle.size;
  }

  /**
   * The actor under a name, created where there is none, and counted as busy until it calls `onIdle`.
   * @throws DomainError OVERLOADED when there is no room and every actor is busy.
   */
  busy(name: string, create: (onIdle: () => void) => A): A {
    const found = this.#busy.get(name) ?? this.#idle.get(name)?.actor;
    if (found === undefined) this.#makeRoom();
    const actor = found ?? create(() => this.#becameIdle(name, actor));
    this.#idle.delete(name);
    this.#busy.set(name, actor);
    return actor;
  }

  /** Drops the idle ones, and answers the busy ones. */
  dropIdle(): Iterable<A> {
    this.#idle.clear();
    return this.#busy.values();
  }

  /** Resolves once no actor is busy, drops all and stops the clock. No actor may be asked for afterwards. */
  async drained(): Promise<void> {
    if (this.#busy.size > 0) await new Promise<void>(resolve => (this.#whenDrained = resolve));
    clearTimeout(this.#sweep);
    this.#idle.clear();
  }

  #becameIdle(name: string, actor: A): void {
    this.#busy.delete(name);
    this.#idle.set(name, { actor, since: this.options.clock() });
    if (this.#busy.size === 0) this.#whenDrained?.();
    this.#schedule();
  }

  #makeRoom(): void {
    if (this.size < this.options.maxActors) return;
    for (const name of this.#idle.keys()) {
      this.#idle.delete(name);
      return;
    }
    throw new DomainError('OVERLOADED');
  }

  #schedule(): void {
    this.#sweep ??= setTimeout(() => this.#sweepIdle(), Math.max(1, this.options.idleMs / 2)).unref();
  }

  #sweepIdle(): void {
    this.#sweep = undefined;
    const latest = this.options.clock() - this.options.idleMs;
    for (const [name, { since }] of this.#idle) {
      if (since > latest) break;
      this.#idle.delete(name);
    }
    if (this.#idle.size > 0) this.#schedule();
  }
}

import { createHash } from 'node:crypto';
import type { Aggregate, DomainEvent } from '#libs/domain';
import type { EventLog } from '#libs/event-log';
import type { SnapshotStore } from './snapshot-store.js';
import { StreamState } from './stream-state.js';

export interface SnapshotsOptions {
  readonly store: SnapshotStore;
  /** A snapshot every so many events (default 500). */
  readonly every?: number;
  /** By aggregate name (default 1): raise it when what `evolve` calls gives other states for the same events. */
  readonly versions?: Readonly<Record<string, number>>;
}

/** When snapshots are made, and whether one may be believed. */
export class Snapshots {
  readonly #fingerprints = new Map<string, string>();
  readonly #saving = new Set<Promise<void>>();
  #era = Symbol('era');

  constructor(
    private readonly options: SnapshotsOptions,
    private readonly onFault: (error: unknown, stream: string) => void,
  ) {}

  /** The state from a snapshot and what came after it; undefined when there is no snapshot that fits the log. */
  async resume<State, Command, Event extends DomainEvent>(
    aggregate: Aggregate<State, Command, Event>,
    stream: string,
    log: EventLog,
  ): Promise<StreamState<State, Command, Event> | undefined> {
    const snapshot = await this.options.store.load(stream, this.#version(aggregate));
    if (!snapshot) return undefined;
    let fits = false;
    for await (const event of log.readStream(stream, { from: snapshot.revision, limit: 1 })) {
      fits = event.id === snapshot.eventId;
    }
    if (!fits) return undefined;
    const resumed = new StreamState(aggregate, stream, log, snapshot);
    await resumed.catchUp();
    return resumed;
  }

  /** Saves a snapshot, later and unwaited for, if the stream has grown enough since the last. */
  consider<State, Command, Event extends DomainEvent>(at: StreamState<State, Command, Event>): void {
    const { state, revision, lastEventId: eventId, stream } = at;
    if (eventId === undefined || revision - at.snapshotRevision < (this.options.every ?? 500)) return;
    at.snapshotRevision = revision;
    const version = this.#version(at.aggregate);
    const era = this.#era;
    const saving = new Promise(resolve => setImmediate(resolve))
      .then(() => {
        if (era === this.#era) return this.options.store.save(stream, version, { revision, eventId, state });
      })
      .catch((error: unknown) => this.onFault(error, stream))
      .finally(() => this.#saving.delete(saving));
    this.#saving.add(saving);
  }

  /** Removes all snapshots, and lets none be saved of a state from before. */
  async forget(era: string): Promise<void> {
    this.#era = Symbol(era);
    await this.options.store.clear(era);
  }

  /** Resolves once nothing is being saved. */
  async settled(): Promise<void> {
    while (this.#saving.size > 0) await Promise.all(this.#saving);
  }

  /** The state's fields and the text of `evolve` belong to the version: most changes to an aggregate need no reminder. */
  #version(aggregate: {
    readonly name: string;
    readonly initial: unknown;
    readonly evolve: unknown;
  }): string {
    let fingerprint = this.#fingerprints.get(aggregate.name);
    if (fingerprint === undefined) {
      const source = JSON.stringify(aggregate.initial) + String(aggregate.evolve);
      fingerprint = createHash('sha256').update(source).digest('hex').slice(0, 16);
      this.#fingerprints.set(aggregate.name, fingerprint);
    }
    return `${aggregate.name}/${this.options.versions?.[aggregate.name] ?? 1}/${fingerprint}`;
  }
}

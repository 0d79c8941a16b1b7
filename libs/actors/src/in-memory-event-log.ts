import {
  LogUnavailable,
  RevisionConflict,
  START,
  type AppendResult,
  type EventFilter,
  type EventLog,
  type ExpectedRevision,
  type NewEvent,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type RecordedEvent,
  type TailOptions,
} from '#libs/event-log';

const fits = (expected: ExpectedRevision, actual: number): boolean => {
  if (expected === 'any') return true;
  if (expected === 'no-stream') return actual < 0;
  return expected === 'stream-exists' ? actual >= 0 : actual === expected;
};

const filterOf =
  ({ types, streamPrefixes }: EventFilter) =>
  (event: RecordedEvent): boolean =>
    (types?.includes(event.type) ?? true) &&
    (streamPrefixes?.some(prefix => event.stream.startsWith(prefix)) ?? true);

/** An event log that forgets: for tests that need to see appends, hold them up or have them fail at will. */
export class InMemoryEventLog implements EventLog {
  readonly all: RecordedEvent[] = [];
  /** Appends that recorded something, as numbers of events. */
  readonly appends: number[] = [];
  /** Stands around every append that is asked for: may wait, fail before it, or fail after it. */
  around: (append: () => AppendResult, stream: string) => Promise<AppendResult> = async append => append();
  /** Called before every read of a stream, with the first revision asked for. */
  beforeRead: (stream: string, from: number) => void = () => undefined;
  #closed = false;
  #grown = Promise.withResolvers<void>();

  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<AppendResult> {
    return this.around(() => this.#append(stream, events, expected), stream);
  }

  #append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): AppendResult {
    if (this.#closed) throw new LogUnavailable('closed');
    const own = this.#own(stream);
    const repeated = events.map(({ id }) => own.find(event => event.id === id));
    const repeat = repeated.every(event => event !== undefined);
    if (!repeat && (!fits(expected, own.length - 1) || repeated.some(event => event))) {
      throw new RevisionConflict(stream, expected, own.length - 1);
    }
    if (!repeat) this.appends.push(events.length);
    const recorded = repeat
      ? repeated
      : events.map((event, index): RecordedEvent => {
          // As JSON, which is what a real log gives back.
          const data = JSON.parse(JSON.stringify(event.data ?? null)) as unknown;
          const revision = own.length + index;
          return { ...event, data, stream, revision, position: this.all.length + index };
        });
    if (!repeat) this.all.push(...recorded);
    this.#grown.resolve();
    this.#grown = Promise.withResolvers();
    const last = recorded.at(-1)!;
    return { revision: last.revision, position: last.position, events: recorded };
  }

  async *readStream(stream: string, options: ReadStreamOptions = {}): AsyncGenerator<RecordedEvent> {
    this.beforeRead(stream, options.from ?? 0);
    const { direction, limit } = options;
    const own = this.#own(stream);
    const ordered =
      direction === 'backwards'
        ? own.slice(0, (options.from ?? own.length) + 1).reverse()
        : own.slice(options.from ?? 0);
    yield* ordered.slice(0, limit);
  }

  async *readAll({ from, direction, limit, ...filter }: ReadAllOptions = {}): AsyncGenerator<RecordedEvent> {
    const ordered =
      direction === 'backwards'
        ? this.all.filter(({ position }) => from === undefined || position < from).reverse()
        : this.all.filter(({ position }) => position > (from ?? START));
    yield* ordered.filter(filterOf(filter)).slice(0, limit);
  }

  async *tail({ after, signal, ...filter }: TailOptions): AsyncGenerator<readonly RecordedEvent[]> {
    let at = after === 'end' ? await this.head() : after;
    const aborted = new Promise<void>(resolve => signal?.addEventListener('abort', () => resolve()));
    while (!this.#closed && !signal?.aborted) {
      const grown = this.#grown.promise;
      const fresh = this.all.filter(({ position }) => position > at);
      at = fresh.at(-1)?.position ?? at;
      const wanted = fresh.filter(filterOf(filter));
      if (wanted.length > 0) yield wanted;
      else await Promise.race([grown, aborted]);
    }
  }

  async head(): Promise<Position> {
    return this.all.at(-1)?.position ?? START;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#grown.resolve();
  }

  #own(stream: string): readonly RecordedEvent[] {
    return this.all.filter(event => event.stream === stream);
  }
}

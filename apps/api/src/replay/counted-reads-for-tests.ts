import type { EventLog, RecordedEvent } from '#libs/event-log';

/** What a log was asked for since the counting began. */
export interface CountedReads {
  /** Events that readers took. */
  events: number;
  readonly calls: { readAll: number; readStream: number; tail: number };
  /** Readers that have not ended. */
  open: number;
}

/**
 * Support for tests: counts what is read of a log from now on. The log is changed in place, as whoever holds it reads it.
 * @param onRead called whenever events were taken
 */
export const countReads = (
  log: EventLog,
  onRead: (counted: CountedReads) => void = () => undefined,
): CountedReads => {
  const counted: CountedReads = { events: 0, calls: { readAll: 0, readStream: 0, tail: 0 }, open: 0 };
  const watch = <T>(read: AsyncIterable<T>, sizeOf: (value: T) => number): AsyncIterable<T> => ({
    [Symbol.asyncIterator]: () => {
      const iterator = read[Symbol.asyncIterator]();
      counted.open += 1;
      let ended = false;
      const end = (): void => {
        if (!ended) counted.open -= 1;
        ended = true;
      };
      return {
        next: async () => {
          const result = await iterator.next();
          if (result.done === true) end();
          else {
            counted.events += sizeOf(result.value);
            onRead(counted);
          }
          return result;
        },
        return: async () => {
          end();
          await iterator.return?.();
          return { done: true, value: undefined };
        },
      };
    },
  });
  const readAll = log.readAll.bind(log);
  const readStream = log.readStream.bind(log);
  const tail = log.tail.bind(log);
  Object.assign(log, {
    readAll: (options => {
      counted.calls.readAll += 1;
      return watch(readAll(options), () => 1);
    }) satisfies EventLog['readAll'],
    readStream: ((stream, options) => {
      counted.calls.readStream += 1;
      return watch(readStream(stream, options), () => 1);
    }) satisfies EventLog['readStream'],
    tail: (options => {
      counted.calls.tail += 1;
      return watch<readonly RecordedEvent[]>(tail(options), batch => batch.length);
    }) satisfies EventLog['tail'],
  });
  return counted;
};

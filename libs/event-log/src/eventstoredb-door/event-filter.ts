import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { RecordedEvent } from '../event-log.js';
import { invalidArgument } from './door-refusal.js';
import { prefixMatcher, regexMatcher, type NameMatcher } from './name-matcher.js';

/** Which events of $all are wanted: those whose stream or type has one of these beginnings, or fits an expression. */
export class EventFilter {
  private constructor(
    readonly by: 'stream' | 'type',
    readonly names: NameMatcher,
  ) {}

  /** @throws DoorRefusal when it is empty, or no regular expression. */
  static of(options: ReadReq.Options.FilterOptions): EventFilter {
    const byStream = options.getStreamIdentifier();
    const expression = byStream ?? options.getEventType();
    if (expression === undefined) throw invalidArgument('A filter needs stream names or event types');
    const regex = expression.getRegex();
    const names = regex === '' ? prefixMatcher(expression.getPrefixList()) : regexMatcher(regex);
    return new EventFilter(byStream ? 'stream' : 'type', names);
  }

  matches(event: RecordedEvent): boolean {
    return this.names.matches(event[this.by]);
  }

  /** Events that will be asked about, which is cheaper than one by one. */
  learn(events: readonly RecordedEvent[]): void {
    this.names.learn(events.map(event => event[this.by]));
  }
}

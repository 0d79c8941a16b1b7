import vm from 'node:vm';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { RecordedEvent } from '../event-log.js';
import { invalidArgument } from './door-refusal.js';

type FilterOptions = ReadReq.Options.FilterOptions;

const MAX_EXPRESSION_LENGTH = 1_000;
const MAX_PREFIXES = 1_000;
/** A name that takes longer is one that the expression takes exponentially long for. */
const MATCH_TIMEOUT_MS = 100;
const MAX_REMEMBERED = 10_000;

/** Which events of $all are wanted: those whose stream or type has one of these beginnings, or fits an expression. */
export class EventFilter {
  readonly #by: 'stream' | 'type';
  readonly #matches: (name: string) => boolean;

  private constructor(by: 'stream' | 'type', matches: (name: string) => boolean) {
    this.#by = by;
    this.#matches = matches;
  }

  /** @throws DoorRefusal when it is empty, or no regular expression. */
  static of(options: FilterOptions): EventFilter {
    const byStream = options.getStreamIdentifier();
    const expression = byStream ?? options.getEventType();
    if (expression === undefined) throw invalidArgument('A filter needs stream names or event types');
    const by = byStream ? 'stream' : 'type';
    const regex = expression.getRegex();
    if (regex !== '') return new EventFilter(by, regexMatcher(regex));
    const prefixes = expression.getPrefixList();
    if (prefixes.length === 0) throw invalidArgument('A filter needs prefixes or a regular expression');
    if (prefixes.length > MAX_PREFIXES) {
      throw invalidArgument(`A filter takes at most ${MAX_PREFIXES} prefixes`);
    }
    return new EventFilter(by, name => prefixes.some(prefix => name.startsWith(prefix)));
  }

  matches(event: RecordedEvent): boolean {
    return this.#matches(this.#by === 'stream' ? event.stream : event.type);
  }
}

/** Each name is tried once, with a limit of time, since a regular expression may take for ever on the wrong name. */
function regexMatcher(source: string): (name: string) => boolean {
  if (source.length > MAX_EXPRESSION_LENGTH) {
    throw invalidArgument(`A regular expression takes at most ${MAX_EXPRESSION_LENGTH} characters`);
  }
  const context: { regex: RegExp; name: string } = { regex: regexOf(source), name: '' };
  const sandbox = vm.createContext(context);
  const script = new vm.Script('regex.test(name)');
  const known = new Map<string, boolean>();
  return name => {
    let matches = known.get(name);
    if (matches === undefined) {
      context.name = name;
      try {
        matches = script.runInContext(sandbox, { timeout: MATCH_TIMEOUT_MS }) as boolean;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
        throw invalidArgument(`The regular expression takes too long on the name ${JSON.stringify(name)}`);
      }
      if (known.size >= MAX_REMEMBERED) known.clear();
      known.set(name, matches);
    }
    return matches;
  };
}

function regexOf(source: string): RegExp {
  try {
    return new RegExp(source);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw invalidArgument(`The filter is no regular expression: ${error.message}`);
  }
}

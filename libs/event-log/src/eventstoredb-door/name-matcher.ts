import vm from 'node:vm';
import { invalidArgument } from './door-refusal.js';

const MAX_EXPRESSION_LENGTH = 1_000;
const MAX_PREFIXES = 1_000;
/** What takes longer is an expression that takes exponentially long for some name. */
const MATCH_TIMEOUT_MS = 200;
const MAX_REMEMBERED = 10_000;
/** As .NET, for which EventStoreDB's filters are written, sets flags for a whole expression. */
const LEADING_FLAGS = /^\(\?([ims]+)\)/;

/** Tells which names are wanted. */
export interface NameMatcher {
  matches(name: string): boolean;
  /** Names that will be asked about, which is cheaper than one by one. */
  learn(names: Iterable<string>): void;
}

/** @throws DoorRefusal when there are none, or too many. */
export function prefixMatcher(prefixes: readonly string[]): NameMatcher {
  if (prefixes.length === 0) throw invalidArgument('A filter needs prefixes or a regular expression');
  if (prefixes.length > MAX_PREFIXES) {
    throw invalidArgument(`A filter takes at most ${MAX_PREFIXES} prefixes`);
  }
  return {
    matches: name => prefixes.some(prefix => name.startsWith(prefix)),
    learn: () => undefined,
  };
}

/**
 * Each name is tried once, and with a limit of time, since a regular expression may take for ever on the wrong name.
 * @throws DoorRefusal when it is no regular expression, or takes too long.
 */
export function regexMatcher(source: string): NameMatcher {
  if (source.length > MAX_EXPRESSION_LENGTH) {
    throw invalidArgument(`A regular expression takes at most ${MAX_EXPRESSION_LENGTH} characters`);
  }
  const context = { regex: regexOf(source), names: [] as string[], results: [] as boolean[] };
  const sandbox = vm.createContext(context);
  const script = new vm.Script('results = names.map(name => regex.test(name))');
  const known = new Map<string, boolean>();
  const learn = (names: Iterable<string>): void => {
    const unknown = [...new Set(names)].filter(name => !known.has(name));
    if (unknown.length === 0) return;
    context.names = unknown;
    try {
      script.runInContext(sandbox, { timeout: MATCH_TIMEOUT_MS });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
      throw invalidArgument('The regular expression of the filter takes too long');
    }
    if (known.size >= MAX_REMEMBERED) known.clear();
    unknown.forEach((name, i) => known.set(name, context.results[i] as boolean));
  };
  return {
    learn,
    matches: name => {
      if (!known.has(name)) learn([name]);
      return known.get(name) as boolean;
    },
  };
}

function regexOf(source: string): RegExp {
  const [leading = '', flags = ''] = LEADING_FLAGS.exec(source) ?? [];
  try {
    return new RegExp(source.slice(leading.length), [...new Set(flags)].join(''));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw invalidArgument(`The filter is no regular expression: ${error.message}`);
  }
}

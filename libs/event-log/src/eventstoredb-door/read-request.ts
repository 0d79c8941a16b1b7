import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { Position } from '../event-log.js';
import { positionOfWire } from '../eventstoredb/wire-event.js';
import { invalidArgument } from './door-refusal.js';
import { EventFilter } from './event-filter.js';
import { nameOf } from './stream-name.js';

/** Where reading begins: a revision or position, or one of the ends. */
export type From<T> = T | 'start' | 'end';

interface Common {
  readonly resolveLinks: boolean;
  readonly structuredIds: boolean;
  /** From 1 on the client understands answers that tell where a stream begins and ends. */
  readonly compatibility: number;
}

export interface StreamRead extends Common {
  readonly kind: 'stream';
  readonly stream: string;
  readonly from: From<number>;
  readonly backwards: boolean;
  readonly count: number;
}

export interface AllRead extends Common {
  readonly kind: 'all';
  readonly from: From<Position>;
  readonly backwards: boolean;
  readonly count: number;
  readonly filter?: EventFilter;
}

export interface StreamSubscription extends Common {
  readonly kind: 'stream-subscription';
  readonly stream: string;
  /** The revision after which it begins. */
  readonly from: From<number>;
}

export interface AllSubscription extends Common {
  readonly kind: 'all-subscription';
  /** The position after which it begins. */
  readonly from: From<Position>;
  readonly filter?: EventFilter;
  /** Events looked at between two checkpoints. */
  readonly checkpointInterval: number;
}

export type ReadRequest = StreamRead | AllRead | StreamSubscription | AllSubscription;

const { Options } = streams.ReadReq;
const DEFAULT_SEARCH_WINDOW = 32;

/** @throws DoorRefusal when the request says too little or too much. */
export function readRequest(request: ReadReq): ReadRequest {
  const options = request.getOptions();
  if (options === undefined) throw invalidArgument('A read request needs options');
  const common: Common = {
    resolveLinks: options.getResolveLinks(),
    structuredIds: !(options.getUuidOption()?.hasString() ?? false),
    compatibility: options.getControlOption()?.getCompatibility() ?? 0,
  };
  const backwards = options.getReadDirection() === Options.ReadDirection.BACKWARDS;
  const isSubscription = options.hasSubscription();
  if (!isSubscription && options.getCountOptionCase() !== Options.CountOptionCase.COUNT) {
    throw invalidArgument('A read request needs a count, or must be a subscription');
  }
  if (isSubscription && backwards) throw invalidArgument('A subscription cannot run backwards');
  const filterOptions = options.getFilter();
  const streamOptions = options.getStream();
  if (streamOptions !== undefined) {
    if (filterOptions !== undefined)
      throw invalidArgument('A filter applies to $all, not to a single stream');
    const stream = nameOf(streamOptions.getStreamIdentifier());
    const from = fromOf(
      streamOptions,
      () => revisionOf(streamOptions.getRevision()),
      streamOptions.getRevisionOptionCase() === Options.StreamOptions.RevisionOptionCase.REVISION,
    );
    return isSubscription
      ? { kind: 'stream-subscription', ...common, stream, from }
      : { kind: 'stream', ...common, stream, from, backwards, count: Number(options.getCount()) };
  }
  const allOptions = options.getAll();
  if (allOptions === undefined) throw invalidArgument('A read request needs a stream, or all');
  const from = fromOf(
    allOptions,
    () => positionOfWire(BigInt(allOptions.getPosition()?.getCommitPosition() ?? 0)),
    allOptions.hasPosition(),
  );
  const filter = filterOptions && EventFilter.of(filterOptions);
  if (!isSubscription) {
    return {
      kind: 'all',
      ...common,
      from,
      backwards,
      count: Number(options.getCount()),
      ...(filter && { filter }),
    };
  }
  let checkpointInterval = Infinity;
  if (filterOptions) {
    const multiplier = filterOptions.getCheckpointintervalmultiplier();
    if (multiplier === 0) throw invalidArgument('The checkpoint interval multiplier must be 1 or more');
    const window = filterOptions.hasMax() ? filterOptions.getMax() : DEFAULT_SEARCH_WINDOW;
    checkpointInterval = window * multiplier;
  }
  return { kind: 'all-subscription', ...common, from, checkpointInterval, ...(filter && { filter }) };
}

function fromOf<T>(
  options: { hasStart(): boolean; hasEnd(): boolean },
  read: () => T,
  isGiven: boolean,
): From<T> {
  if (isGiven) return read();
  if (options.hasEnd()) return 'end';
  if (options.hasStart()) return 'start';
  throw invalidArgument('A read request must say from where: the start, the end, or a place between');
}

function revisionOf(text: string): number {
  const revision = BigInt(text);
  return revision > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(revision);
}

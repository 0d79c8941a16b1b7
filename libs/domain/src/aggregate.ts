/** A fact in the past tense. `data` is plain JSON: strings, numbers, booleans, null, arrays and objects of these. */
export interface DomainEvent<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
}

/**
 * One kind of event-sourced aggregate, as three pure values. `decide` throws a {@link DomainError} to refuse a command and
 * returns no events when the command asks for what is already so. `evolve` never throws and ignores types it does not know.
 */
export interface Aggregate<State, Command, Event extends DomainEvent> {
  /** Prefix of the stream name: aggregate `meeting` with id `01H…` lives in stream `meeting-01H…`. */
  readonly name: string;
  readonly initial: State;
  decide(state: State, command: Command): readonly Event[];
  evolve(state: State, event: Event): State;
}

/** The stream that holds the events of one aggregate. */
export const streamOf = (aggregate: { readonly name: string }, id: string): string =>
  `${aggregate.name}-${id}`;

/** Folds events over an aggregate's initial state, or over a later state. */
export const replay = <State, Command, Event extends DomainEvent>(
  aggregate: Aggregate<State, Command, Event>,
  events: Iterable<Event>,
  from: State = aggregate.initial,
): State => {
  let state = from;
  for (const event of events) state = aggregate.evolve(state, event);
  return state;
};

import { DomainError, versionOf, type Aggregate, type DomainEvent } from '#libs/domain';
import type { NewEvent } from '#libs/event-log';
import type { Envelope } from './envelope.js';
import { keyedEventId } from './keyed-event-id.js';

/** What becomes of one envelope of a batch if the batch's events are appended. */
export type Decision<State> =
  /** Its events are `events[from]` up to, and not including, `events[to]` of the batch. */
  | { readonly kind: 'decided'; readonly state: State; readonly from: number; readonly to: number }
  | { readonly kind: 'refused'; readonly error: DomainError }
  /** A repeat of what stands in the stream already, from this revision. */
  | { readonly kind: 'repeat'; readonly revision: number };

export interface BatchPlan<State> {
  readonly decisions: readonly Decision<State>[];
  readonly events: readonly NewEvent[];
  /** State after all events. */
  readonly state: State;
  /** The envelope whose `decide` or `evolve` threw something unexpected; the rest of the plan is then void. */
  readonly fault?: { readonly index: number; readonly error: unknown };
}

/** Decides envelopes in order, each on the state that the ones before it lead to. Appends nothing. */
export const decideBatch = <State, Command, Event extends DomainEvent>(
  aggregate: Aggregate<State, Command, Event>,
  stream: string,
  start: State,
  envelopes: readonly Envelope<State, Command>[],
  revisionOf: (id: string) => number | undefined,
  newId: () => string,
): BatchPlan<State> => {
  const events: NewEvent[] = [];
  const decisions: Decision<State>[] = [];
  const keyedHere = new Map<string, Decision<State>>();
  let state = start;
  for (const [index, { request, firstId }] of envelopes.entries()) {
    const from = events.length;
    if (!request) {
      decisions.push({ kind: 'decided', state, from, to: from });
      continue;
    }
    if (firstId !== undefined) {
      const revision = revisionOf(firstId);
      const twin = keyedHere.get(firstId);
      if (revision !== undefined || twin) {
        decisions.push(revision === undefined ? twin! : { kind: 'repeat', revision });
        continue;
      }
    }
    const { command, metadata } = request;
    try {
      const decided = aggregate.decide(state, command);
      let next = state;
      for (const event of decided) next = aggregate.evolve(next, event);
      state = next;
      const { correlationId, causationId, userId, time } = metadata;
      for (const [place, { type, data }] of decided.entries()) {
        const id = firstId === undefined ? newId() : keyedEventId(stream, command, metadata, place);
        events.push({
          id,
          type,
          version: versionOf(type),
          time,
          data,
          metadata: { correlationId, causationId, userId },
        });
      }
    } catch (error) {
      if (!(error instanceof DomainError)) return { decisions, events, state, fault: { index, error } };
      decisions.push({ kind: 'refused', error });
      continue;
    }
    const decision: Decision<State> = { kind: 'decided', state, from, to: events.length };
    decisions.push(decision);
    if (firstId !== undefined && events.length > from) keyedHere.set(firstId, decision);
  }
  return { decisions, events, state };
};

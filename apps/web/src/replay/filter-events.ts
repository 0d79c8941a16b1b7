import type { MomentEvent } from '#libs/domain';
import { type EventKind, isIncident, kindOf } from './event-kinds.js';

export interface EventFilter {
  /** None means all. */
  readonly kinds: ReadonlySet<EventKind>;
  readonly incidentsAlone: boolean;
  /** Words that the event's sentence or its type holds, each somewhere; case does not count. */
  readonly search: string;
}

export const NO_FILTER: EventFilter = { kinds: new Set(), incidentsAlone: false, search: '' };

/**
 * Indexes of the events that pass, in order.
 * @param textOf what is searched in, by index; asked for only when something is searched
 */
export const filterEvents = (
  events: readonly MomentEvent[],
  { kinds, incidentsAlone, search }: EventFilter,
  textOf: (index: number) => string,
): readonly number[] => {
  const words = search.toLowerCase().split(/\s+/u).filter(Boolean);
  const passes = (event: MomentEvent, index: number): boolean => {
    if (kinds.size > 0 && !kinds.has(kindOf(event))) return false;
    if (incidentsAlone && !isIncident(event)) return false;
    if (words.length === 0) return true;
    const text = `${textOf(index)} ${event.type}`.toLowerCase();
    return words.every(word => text.includes(word));
  };
  const found: number[] = [];
  events.forEach((event, index) => {
    if (passes(event, index)) found.push(index);
  });
  return found;
};

/** Where in a rising list the last number at or below a limit stands; -1 where there is none. */
export const lastAtOrBelow = (rising: readonly number[], limit: number): number => {
  let [low, high] = [-1, rising.length - 1];
  while (low < high) {
    const middle = Math.floor((low + high + 1) / 2);
    if ((rising[middle] ?? Infinity) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
};

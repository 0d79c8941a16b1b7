import { useMemo } from 'react';
import type { MomentEvent } from '#libs/domain';
import { EVENT_KINDS, type EventKind, isIncident, KIND_NAMES, kindOf } from './event-kinds.js';
import { type EventFilter, NO_FILTER } from './filter-events.js';

interface Props {
  readonly events: readonly MomentEvent[];
  readonly filter: EventFilter;
  readonly found: number;
  readonly onChange: (filter: EventFilter) => void;
}

const number = new Intl.NumberFormat();

/** What to list: events of some kinds, incidents, those that hold some words. Offers no kind that does not occur. */
export const EventFilters = ({ events, filter, found, onChange }: Props) => {
  const counts = useMemo(() => {
    const byKind = new Map<EventKind, number>();
    for (const event of events) byKind.set(kindOf(event), (byKind.get(kindOf(event)) ?? 0) + 1);
    return { byKind, incidents: events.filter(isIncident).length };
  }, [events]);
  const toggled = (kind: EventKind): ReadonlySet<EventKind> => {
    const kinds = new Set(filter.kinds);
    if (!kinds.delete(kind)) kinds.add(kind);
    return kinds;
  };
  const filtered = found !== events.length;
  return (
    <div className="replay-filters" role="search" aria-label="Events">
      <input
        type="search"
        className="replay-search"
        data-testid="replay-search"
        aria-label="Search in events"
        placeholder="Search, such as a name"
        value={filter.search}
        maxLength={200}
        onChange={event => onChange({ ...filter, search: event.target.value })}
      />
      <div className="replay-chips" role="group" aria-label="Kinds of events">
        {EVENT_KINDS.filter(kind => counts.byKind.has(kind)).map(kind => (
          <button
            key={kind}
            type="button"
            className="replay-chip"
            aria-pressed={filter.kinds.has(kind)}
            onClick={() => onChange({ ...filter, kinds: toggled(kind) })}
          >
            {KIND_NAMES[kind]} <small>{number.format(counts.byKind.get(kind) ?? 0)}</small>
          </button>
        ))}
        {counts.incidents > 0 ? (
          <button
            type="button"
            className="replay-chip replay-chip-incidents"
            aria-pressed={filter.incidentsAlone}
            onClick={() => onChange({ ...filter, incidentsAlone: !filter.incidentsAlone })}
          >
            Incidents <small>{number.format(counts.incidents)}</small>
          </button>
        ) : null}
      </div>
      {filtered ? (
        <p className="replay-found">
          <span role="status">
            {number.format(found)} of {number.format(events.length)} events
          </span>
          <button type="button" className="replay-show-all" onClick={() => onChange(NO_FILTER)}>
            Show all
          </button>
        </p>
      ) : null}
    </div>
  );
};

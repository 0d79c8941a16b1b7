import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import type { MomentEvent } from '#libs/domain';
import { Icon } from '../ui/icon.js';
import { useElementSize } from '../ui/use-element-size.js';
import { eventIcon } from './event-icon.js';
import { isIncident, KIND_NAMES, kindOf } from './event-kinds.js';
import { lastAtOrBelow } from './filter-events.js';
import type { TimeAxis } from './time-axis.js';
import { offsetText } from './time-text.js';

/** Pixels of a row, as in replay.css. */
const ROW = 46;
/** Rows drawn above and below what is seen. */
const SPARE = 8;

interface Props {
  readonly events: readonly MomentEvent[];
  /** Indexes of those to list, rising. */
  readonly listed: readonly number[];
  readonly current: number;
  readonly axis: TimeAxis;
  readonly textOf: (index: number) => string;
  readonly onChoose: (index: number) => void;
}

/** What happened, one sentence an event. Only the rows in sight are drawn, so that any number of them is no burden. */
export const EventList = ({ events, listed, current, axis, textOf, onChoose }: Props) => {
  const list = useRef<HTMLDivElement>(null);
  const { height } = useElementSize(list);
  const [top, setTop] = useState(0);
  const row = lastAtOrBelow(listed, current);

  useLayoutEffect(() => {
    const element = list.current;
    if (!element || row < 0 || height === 0) return;
    const from = row * ROW;
    const seen = element.scrollTop <= from && from + ROW <= element.scrollTop + height;
    if (!seen) element.scrollTop = from - height / 2 + ROW / 2;
  }, [row, listed, height]);

  const choose = (wanted: number): void => {
    const index = listed[Math.max(0, Math.min(listed.length - 1, wanted))];
    if (index !== undefined) onChoose(index);
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(height / ROW) - 1);
    const wanted: Readonly<Record<string, number>> = {
      ArrowDown: row + 1,
      j: row + 1,
      ArrowUp: row - 1,
      k: row - 1,
      PageDown: row + page,
      PageUp: row - page,
      Home: 0,
      End: listed.length - 1,
    };
    if (!Object.hasOwn(wanted, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    choose(wanted[event.key] ?? row);
  };

  const first = Math.max(0, Math.floor(top / ROW) - SPARE);
  const drawn = listed.slice(first, first + Math.ceil(height / ROW) + 2 * SPARE);
  const active = row >= first && row < first + drawn.length ? `event-${listed[row]}` : undefined;
  return (
    <div
      ref={list}
      className="replay-list"
      data-testid="replay-events"
      role="listbox"
      aria-label="Events"
      aria-activedescendant={active}
      tabIndex={0}
      onKeyDown={pressed}
      onScroll={event => setTop(event.currentTarget.scrollTop)}
    >
      <div className="replay-rows" style={{ height: listed.length * ROW }} role="presentation">
        {drawn.map((index, at) => {
          const event = events[index];
          if (!event) return null;
          return (
            <div
              key={index}
              id={`event-${index}`}
              className="replay-row"
              style={{ top: (first + at) * ROW }}
              role="option"
              aria-selected={index === current}
              aria-setsize={listed.length}
              aria-posinset={first + at + 1}
              data-passed={index <= current}
              data-incident={isIncident(event)}
              onClick={() => onChoose(index)}
            >
              <time dateTime={event.time}>{offsetText(axis.offsetAt(axis.places[index] ?? 0))}</time>
              <span className="replay-kind" title={KIND_NAMES[kindOf(event)]}>
                <Icon name={eventIcon(event)} />
              </span>
              <span className="replay-sentence">{textOf(index)}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
};

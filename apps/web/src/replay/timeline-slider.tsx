import { type KeyboardEvent, useRef } from 'react';
import { useElementSize } from '../ui/use-element-size.js';
import { AttendanceChart, placeToX } from './attendance-chart.js';
import type { Attendance } from './attendance.js';
import type { TimeAxis } from './time-axis.js';

interface Props {
  readonly axis: TimeAxis;
  readonly attendance: Attendance;
  readonly place: number;
  /** What the place means, read aloud. */
  readonly valueText: string;
  readonly onPlace: (place: number) => void;
  readonly onStep: (by: 1 | -1) => void;
}

/** The chart of the meeting, with a slider laid over it. */
export const TimelineSlider = ({ axis, attendance, place, valueText, onPlace, onStep }: Props) => {
  const frame = useRef<HTMLDivElement>(null);
  const { width, height } = useElementSize(frame);

  const pressed = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const acts: Readonly<Record<string, () => void>> = {
      ArrowRight: () => onStep(1),
      ArrowUp: () => onStep(1),
      ArrowLeft: () => onStep(-1),
      ArrowDown: () => onStep(-1),
      PageUp: () => onPlace(place + axis.length / 10),
      PageDown: () => onPlace(place - axis.length / 10),
      Home: () => onPlace(0),
      End: () => onPlace(axis.length),
    };
    const act = Object.hasOwn(acts, event.key) ? acts[event.key] : undefined;
    if (!act) return;
    event.preventDefault();
    act();
  };

  return (
    <div className="replay-timeline" ref={frame}>
      {width > 0 ? (
        <AttendanceChart axis={axis} attendance={attendance} width={width} height={height} />
      ) : null}
      <p className="chart-legend" aria-hidden="true">
        <span data-of="participants">Participants</span>
        {attendance.recorded.length > 0 ? <span data-of="recorded">Recorded</span> : null}
        {attendance.incidents.length > 0 ? <span data-of="incident">Incident</span> : null}
      </p>
      <div className="replay-playhead" style={{ translate: `${placeToX(place, axis, width)}px 0` }} />
      <input
        type="range"
        data-testid="replay-slider"
        aria-label="Moment of the meeting"
        aria-valuetext={valueText}
        min={0}
        max={Math.max(1, axis.length)}
        step="any"
        value={place}
        onChange={event => onPlace(Number(event.target.value))}
        onKeyDown={pressed}
      />
    </div>
  );
};

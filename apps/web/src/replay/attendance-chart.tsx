import { memo } from 'react';
import { type Attendance, thinned } from './attendance.js';
import type { TimeAxis } from './time-axis.js';
import { offsetText, roundOffsets } from './time-text.js';

/** Pixels left free at both ends: half of a slider's thumb, so that chart and slider agree. */
export const INSET = 10;
/** Pixels above the highest step, for the legend and below it the marks of incidents. */
const TOP = 26;
const MARKS = 14;
const BOTTOM = 20;
const LABEL = 46;
const PIXELS_PER_LABEL = 90;
const PIXELS_PER_LEVEL = 18;

/** Horizontal position of a place on the line. */
export const placeToX = (place: number, axis: TimeAxis, width: number): number =>
  INSET + (axis.length > 0 ? place / axis.length : 0) * Math.max(0, width - 2 * INSET);

/** Round numbers for lines from 1 up to a height, at most `most` of them. */
const levels = (peak: number, most: number): number[] => {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, peak / most)));
  const step = [1, 2, 5, 10].map(one => one * power).find(one => peak / one <= most) ?? peak;
  return Array.from({ length: Math.floor(peak / step) }, (_, at) => (at + 1) * step);
};

interface Props {
  readonly axis: TimeAxis;
  readonly attendance: Attendance;
  readonly width: number;
  readonly height: number;
}

/** One sentence for those who do not see the chart. */
const summary = ({ peak, recorded, incidents }: Attendance, axis: TimeAxis): string => {
  const span = ([from, to]: readonly [number, number]): string =>
    `${offsetText(axis.offsetAt(from))} to ${offsetText(axis.offsetAt(to))}`;
  const moments = incidents.map(index => offsetText(axis.offsetAt(axis.places[index] ?? 0)));
  return [
    `Participants over time: at most ${peak.count}, first at ${offsetText(axis.offsetAt(peak.place))}`,
    recorded.length > 0 ? `recorded from ${recorded.map(span).join(', and from ')}` : 'not recorded',
    moments.length > 0
      ? `${moments.length} ${moments.length === 1 ? 'incident' : 'incidents'}, at ${moments.slice(0, 10).join(', ')}`
      : 'no incident',
  ].join('; ');
};

/** How many were in the meeting over time, with what was recorded and what went wrong. */
export const AttendanceChart = memo(({ axis, attendance, width, height }: Props) => {
  const x = (place: number): number => placeToX(place, axis, width);
  const floor = height - BOTTOM;
  const most = Math.max(1, attendance.peak.count);
  const y = (count: number): number => floor - (count / most) * (floor - TOP);
  const steps = thinned(attendance.steps, axis.length, Math.max(100, width));
  const line = steps.map(({ place, count }) => `H${x(place).toFixed(1)}V${y(count).toFixed(1)}`).join('');
  const end = x(axis.length).toFixed(1);
  const [from, to] = axis.running;
  const labels = roundOffsets(to - from, Math.max(2, Math.floor(width / PIXELS_PER_LABEL)));
  return (
    <svg
      className="replay-chart"
      width={width}
      height={height}
      role="img"
      aria-label={summary(attendance, axis)}
    >
      <path className="chart-area" d={`M${INSET},${floor}${line}H${end}V${floor}Z`} />
      {levels(most, Math.max(1, Math.floor((floor - TOP) / PIXELS_PER_LEVEL))).map(level => (
        <g key={level}>
          <line className="chart-level" x1={INSET} x2={end} y1={y(level)} y2={y(level)} />
          <text className="chart-label" x={INSET + 2} y={y(level) - 3}>
            {level}
          </text>
        </g>
      ))}
      <path className="chart-line" d={`M${INSET},${floor}${line}H${end}`} />
      <line className="chart-floor" x1={INSET} x2={end} y1={floor} y2={floor} />
      {attendance.recorded.map(([start, stop]) => (
        <rect
          key={start}
          className="chart-recorded"
          x={x(start)}
          y={floor - 5}
          width={Math.max(2, x(stop) - x(start))}
          height={5}
        />
      ))}
      {labels.map(offset => (
        <g key={offset}>
          <line
            className="chart-floor"
            x1={x(from + offset)}
            x2={x(from + offset)}
            y1={floor}
            y2={floor + 4}
          />
          <text
            className="chart-label"
            x={Math.min(width - LABEL / 2, Math.max(LABEL / 2, x(from + offset)))}
            y={height - 3}
            textAnchor="middle"
          >
            {offsetText(offset)}
          </text>
        </g>
      ))}
      {attendance.incidents.map(index => {
        const at = x(axis.places[index] ?? 0);
        return (
          <g key={index} className="chart-incident">
            <path d={`M${at - 5},${MARKS}h10l-5,9Z`} />
            <line x1={at} x2={at} y1={MARKS + 9} y2={floor} />
          </g>
        );
      })}
    </svg>
  );
});
AttendanceChart.displayName = 'AttendanceChart';

import type { MomentEvent } from '#libs/domain';
import { isIncident } from './event-kinds.js';
import type { TimeAxis } from './time-axis.js';

/** From this place on so many were in the meeting. */
export interface Step {
  readonly place: number;
  readonly count: number;
}

/** What the chart draws: how many were there, when it was recorded, and where something went wrong. */
export interface Attendance {
  /** One for each change, in order, in different places. */
  readonly steps: readonly Step[];
  readonly peak: Step;
  readonly recorded: readonly (readonly [from: number, to: number])[];
  /** Indexes of events. */
  readonly incidents: readonly number[];
}

export const attendanceOf = (events: readonly MomentEvent[], axis: TimeAxis): Attendance => {
  const steps: { place: number; count: number }[] = [{ place: 0, count: 0 }];
  const recorded: (readonly [number, number])[] = [];
  const incidents: number[] = [];
  const present = new Set<string>();
  let recordedFrom: number | undefined;

  const counted = (place: number): void => {
    const last = steps.at(-1);
    if (last && last.place === place) last.count = present.size;
    else if (last?.count !== present.size) steps.push({ place, count: present.size });
  };
  const recordingEnds = (place: number): void => {
    if (recordedFrom !== undefined) recorded.push([recordedFrom, place]);
    recordedFrom = undefined;
  };

  events.forEach((event, index) => {
    const place = axis.places[index] ?? 0;
    if (isIncident(event)) incidents.push(index);
    switch (event.type) {
      case 'ParticipantJoined':
        present.add(event.data.userId);
        counted(place);
        break;
      case 'ParticipantLeft':
        present.delete(event.data.userId);
        counted(place);
        break;
      case 'MeetingEnded':
        present.clear();
        counted(place);
        recordingEnds(place);
        break;
      case 'MeetingRecordingStarted':
        recordedFrom ??= place;
        break;
      case 'MeetingRecordingStopped':
        recordingEnds(place);
    }
  });
  recordingEnds(axis.length);
  const peak = steps.reduce((most, step) => (step.count > most.count ? step : most));
  return { steps, peak, recorded, incidents };
};

/**
 * At most about twice as many steps as there is room for: of those that fall into one stretch, the highest and the last
 * stay, so that no peak is lost.
 * @param stretches into which the line of this length is cut
 */
export const thinned = (steps: readonly Step[], length: number, stretches: number): readonly Step[] => {
  if (steps.length <= 2 * stretches || length <= 0) return steps;
  const kept: Step[] = [];
  let group: Step[] = [];
  const close = (): void => {
    const last = group.at(-1);
    if (!last) return;
    const highest = group.reduce((most, step) => (step.count > most.count ? step : most));
    if (highest !== last) kept.push(highest);
    kept.push(last);
    group = [];
  };
  let current = 0;
  for (const step of steps) {
    const stretch = Math.floor((step.place / length) * stretches);
    if (stretch !== current) close();
    current = stretch;
    group.push(step);
  }
  close();
  return kept;
};

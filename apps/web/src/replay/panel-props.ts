import type { MeetingMoment, Names } from '#libs/domain';
import type { MomentChanges } from './moment-changes.js';

/** What every panel is given: the meeting at the moment, and what is new in it. */
export interface PanelProps {
  readonly moment: MeetingMoment;
  readonly changes: MomentChanges;
  readonly names: Names;
  /** The moment, in milliseconds since 1970. */
  readonly time: number;
}

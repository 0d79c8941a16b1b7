import type { MeetingSettings } from '#libs/domain';

/** What is to become of a recording. */
export type RecordingFate = 'completed' | 'failed' | 'recorder-died';

/** What happens in the breakout rooms of a meeting. */
export interface BreakoutPlan {
  /** Minutes after the beginning. */
  readonly opens: number;
  readonly rooms: readonly string[];
  readonly capacity?: number;
  /** Minutes after which they close by themselves; else the host closes them. */
  readonly timeLimit?: number;
}

/** What a meeting is meant to be, and what befalls it. */
export interface MeetingPlan {
  readonly title: string;
  readonly description?: string;
  /** Name of the room it is held in, where it has one. */
  readonly room?: string;
  /** User ids. */
  readonly host: string;
  readonly invited: readonly string[];
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly minutes: number;
  /** How much later than planned the host comes, in minutes. */
  readonly hostLate?: number;
  readonly settings?: Partial<MeetingSettings>;
  /** User ids of those whom the host does not let in. */
  readonly denied?: readonly string[];
  /** User id of one whom the host shows the door. */
  readonly removed?: string;
  readonly coHost?: string;
  /** User id of one to whom the host hands the meeting over, having to go. */
  readonly handedTo?: string;
  /** User id of one who waits at the door for a moment and goes away again. */
  readonly impatient?: string;
  /** The host locks the meeting and mutes newcomers once it is under way. */
  readonly locked?: boolean;
  /** The host calls it off before it begins. */
  readonly cancelled?: boolean;
  readonly breakout?: BreakoutPlan;
  /** How many reactions somebody's word gets now and then. */
  readonly reactions?: number;
  readonly viewer?: string;
  readonly recording?: RecordingFate;
  /** Who shows a screen. */
  readonly presenter?: string;
  /** The host mutes everybody at once. */
  readonly muteStorm?: boolean;
  /** The media worker dies after so many minutes. */
  readonly workerDies?: number;
  /** Share of the time in which somebody writes: 0 is nobody ever, 1 is a message every few seconds. */
  readonly chat: number;
  /** How many of those present do all the talking. */
  readonly talkers?: number;
}

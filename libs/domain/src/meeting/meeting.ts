import type { Aggregate } from '../aggregate.js';
import { decideMeeting } from './decide-meeting.js';
import { evolveMeeting } from './evolve-meeting.js';
import type { MeetingCommand } from './meeting-commands.js';
import type { MeetingEvent } from './meeting-events.js';
import { initialMeeting, type MeetingState } from './meeting-state.js';

/** One meeting: its schedule, who is in it and in which role, who waits, where its media runs, whether it is recorded. */
export const Meeting: Aggregate<MeetingState, MeetingCommand, MeetingEvent> = {
  name: 'meeting',
  initial: initialMeeting,
  decide: decideMeeting,
  evolve: evolveMeeting,
};

import type { MeetingState, Notice } from './meeting-state.js';

/** More than these at a time are noise: the oldest goes. */
const MAX_NOTICES = 4;

/** The meeting with one more thing to tell in passing. */
export const withNotice = (
  state: MeetingState,
  text: string,
  tone: Notice['tone'] = 'info',
): MeetingState => ({
  ...state,
  notices: [...state.notices, { id: state.nextId, tone, text }].slice(-MAX_NOTICES),
  nextId: state.nextId + 1,
});

import { shownEvent, upcast } from '#libs/domain';
import type { RecordedEvent } from '#libs/event-log';

/** The event as JSON in today's shape, as a user who replays is shown it; undefined for what they may not read. */
export const shownJson = (event: RecordedEvent, userId: string): string | undefined => {
  const shown = shownEvent(upcast(event), userId);
  return shown && JSON.stringify(shown);
};

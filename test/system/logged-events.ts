import type { RunningSystem } from '../../bench/running-system.js';

export interface LoggedEvent {
  readonly id: string;
  readonly type: string;
  readonly time: string;
  readonly position: number;
  readonly data: Record<string, string>;
}

interface Page {
  readonly events: readonly LoggedEvent[];
  readonly has_more: boolean;
  readonly next_after: number;
}

/** All events of a meeting, in log order. `analyst`: a token of someone who may read them. */
export const loggedEvents = async (
  system: RunningSystem,
  meetingId: string,
  analyst: string,
): Promise<LoggedEvent[]> => {
  const all: LoggedEvent[] = [];
  // A page ends where its time is over, too: on a busy machine there may be more.
  for (let after: number | undefined, more = true; more;) {
    const query = `limit=10000${after === undefined ? '' : `&after=${after}`}`;
    const page = await system.call<Page>('GET', `/api/v1/meetings/${meetingId}/events?${query}`, analyst);
    all.push(...page.events);
    [after, more] = [page.next_after, page.has_more];
  }
  return all;
};

import type { RunningSystem } from '../../bench/running-system.js';

export interface LoggedEvent {
  readonly id: string;
  readonly type: string;
  readonly time: string;
  readonly position: number;
  readonly data: Record<string, string>;
}

/** All events of a meeting, in log order. `analyst`: a token of someone who may read them. */
export const loggedEvents = async (
  system: RunningSystem,
  meetingId: string,
  analyst: string,
): Promise<LoggedEvent[]> => {
  const path = `/api/v1/meetings/${meetingId}/events?limit=10000`;
  return (await system.call<{ events: LoggedEvent[] }>('GET', path, analyst)).events;
};

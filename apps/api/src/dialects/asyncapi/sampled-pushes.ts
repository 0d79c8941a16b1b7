import { momentEvent } from '#libs/domain';
import { sampleEvents } from '#libs/sample-log';
import { TOLD_TYPES } from '../meetings/socket/event-pushes.js';
import { MeetingTeller } from '../meetings/socket/meeting-teller.js';

export interface SampledPush {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

const TOLD: ReadonlySet<string> = new Set(TOLD_TYPES);

/**
 * All that the meeting socket would push in the meetings of the sample log, by type: told by the very code that tells it
 * to sockets, and the same each time.
 */
export const sampledPushes = (): ReadonlyMap<string, readonly SampledPush[]> => {
  const tellers = new Map<string, MeetingTeller>();
  const users = new Set<string>();
  const pushes = new Map<string, SampledPush[]>();
  let position = 0;
  for (const day of sampleEvents()) {
    for (const event of day) {
      position += 1;
      const { meetingId, userId } = event.data as { meetingId?: string; userId?: string };
      if (userId !== undefined) users.add(userId);
      if (meetingId === undefined || !TOLD.has(event.type)) continue;
      const teller = tellers.get(meetingId) ?? MeetingTeller.before(meetingId);
      tellers.set(meetingId, teller);
      const told = teller.take(momentEvent({ ...event, position, revision: 0 }));
      if (!told) continue;
      const texts = new Set([...users].flatMap(user => told.frameFor(user)?.text ?? []));
      for (const text of texts) {
        const push = JSON.parse(text) as SampledPush;
        pushes.set(push.type, [...(pushes.get(push.type) ?? []), push]);
      }
    }
  }
  return pushes;
};

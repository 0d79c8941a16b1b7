import type { EventOfLog } from '#libs/domain';
import { meetingRef } from '../session/meeting-ref.js';
import { readServiceError } from '../session/service-error.js';
import { ReplayRefusal, refusalOfStatus } from './replay-refusal.js';

interface EventsPage {
  readonly events: readonly EventOfLog[];
  readonly has_more: boolean;
  readonly next_after: number;
}

/** Events in one answer: some megabytes at most. */
const PAGE = 5000;
/** Milliseconds; a page of a long meeting takes the server a while. */
const PATIENCE = 60_000;

/** Where the page gets a meeting's events from: Parley's REST API, as whoever the token names. */
export class ReplaySource {
  constructor(private readonly token: () => string | undefined) {}

  /** The meeting that an address names, by its id or by its room. @throws ReplayRefusal */
  async meetingId(ref: string): Promise<string> {
    const meant = meetingRef(ref);
    if (meant.kind === 'meeting') return meant.meetingId;
    const path = `/api/v1/rooms/${encodeURIComponent(meant.name)}`;
    return (await this.#get<{ meeting_id: string }>(path)).meeting_id;
  }

  /**
   * All events after a position, page by page.
   * @param after the position of the last event that is known; -1 for all
   * @param onPage told how many have come so far
   * @throws ReplayRefusal
   */
  async eventsAfter(
    meetingId: string,
    after: number,
    onPage: (count: number) => void = () => undefined,
  ): Promise<EventOfLog[]> {
    const events: EventOfLog[] = [];
    for (let from = after; ;) {
      const query = new URLSearchParams({ after: String(from), limit: String(PAGE) });
      const path = `/api/v1/meetings/${encodeURIComponent(meetingId)}/events?${query}`;
      const page = await this.#get<EventsPage>(path);
      for (const event of page.events) events.push(event);
      onPage(events.length);
      if (!page.has_more || page.next_after <= from) return events;
      from = page.next_after;
    }
  }

  async #get<Answer>(path: string): Promise<Answer> {
    const token = this.token();
    if (!token) throw new ReplayRefusal('no-token');
    try {
      const answered = await fetch(path, {
        headers: { accept: 'application/json', authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(PATIENCE),
      });
      const text = await answered.text();
      if (!answered.ok) throw refusalOfStatus(answered.status, messageIn(text));
      return JSON.parse(text) as Answer;
    } catch (error) {
      if (error instanceof ReplayRefusal) throw error;
      if (error instanceof SyntaxError) {
        throw new ReplayRefusal('failed', 'The server answered what this page cannot read');
      }
      // fetch says why in words of the browser's own, different in each.
      throw new ReplayRefusal('unreachable', error instanceof Error ? error.message : undefined);
    }
  }
}

/** What the server says of a refusal; a proxy's error page says nothing. */
const messageIn = (text: string): string | undefined => {
  try {
    return readServiceError(JSON.parse(text)).message;
  } catch {
    return undefined;
  }
};

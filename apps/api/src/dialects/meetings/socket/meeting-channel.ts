import { type MeetingState, momentEvent, type MomentEvent } from '#libs/domain';
import { type PersonalEventLog, type Position, type RecordedEvent, START } from '#libs/event-log';
import { meetingEvents } from '../../../replay/meeting-events.js';
import { MeetingTeller } from './meeting-teller.js';
import { RecentPushes } from './recent-pushes.js';
import type { ToldEvent } from './told-event.js';

export type ChannelLog = Pick<PersonalEventLog, 'readStream' | 'head' | 'lastErasure'>;

/** One socket at the meeting, from the moment it hears what happens. */
export interface Listener {
  readonly userId: string;
  /** Sends the socket what it is told of an event. */
  hear(told: ToldEvent): void;
  /** Does what an event means for the socket, after it was sent what it is told of it. */
  follow(event: MomentEvent): void;
  /** The channel can tell no more: the socket is closed, so that it comes back. */
  lose(): void;
}

/** So far before where a socket left off a channel begins to remember, for others who left off a little earlier. In positions. */
const EARLIER = 1_000;
/** History that a channel reads into its memory at most, in positions. */
const MOST_HISTORY = 10_000;

/** One meeting on this node: takes its events in log order, and tells all sockets at it. */
export class MeetingChannel {
  /** Sockets that use it, also those that are still catching up. */
  users = 0;
  private readonly listeners = new Set<Listener>();
  private isLost = false;
  private teller: MeetingTeller;
  private recent = new RecentPushes(START);
  /** The log's last erasure when it last forgot, or began. */
  private era: string;
  /** Up to where events were told. */
  private reached: Position = START;
  /** Events that came while it is being loaded; undefined when it is not. */
  private held: RecordedEvent[] | undefined = [];
  /** Done when it has read what it was last asked to read: one comes after the other. */
  private reading: Promise<void> = Promise.resolve();

  constructor(
    readonly meetingId: string,
    private readonly log: ChannelLog,
  ) {
    this.teller = MeetingTeller.before(meetingId);
    this.era = log.lastErasure;
  }

  /** Position of the last event that was told, or where the log ended when the channel was loaded. */
  get position(): Position {
    return this.reached;
  }

  /** The meeting as it is after that. */
  get meeting(): MeetingState {
    return this.teller.meeting;
  }

  /**
   * Reads the meeting. Events are to be handed to `take` from before this call on.
   * @param from where the first socket left off; absent: at the head
   */
  load(from?: Position): Promise<void> {
    return this.read(async () => {
      const head = await this.log.head();
      const after =
        from === undefined ? head : Math.min(head, Math.max(from - EARLIER, head - MOST_HISTORY, START));
      this.teller = await MeetingTeller.at(this.log, this.meetingId, after);
      this.recent.forget(after);
      if (after < head) {
        const window = { direction: 'forwards', after, head } as const;
        for await (const event of meetingEvents(this.log, this.meetingId, window)) {
          const told = this.teller.take(momentEvent(event));
          if (told) this.recent.add(told);
        }
      }
      this.reached = head;
    });
  }

  /**
   * Forgets what was told and reads the meeting anew where it stands: the log shows less than it did. What happens meanwhile
   * is told afterwards.
   */
  reload(): Promise<void> {
    return this.read(async () => {
      this.forget();
      this.teller = await MeetingTeller.at(this.log, this.meetingId, this.reached);
    });
  }

  /** Takes an event of the meeting from the log's feed, in log order. */
  take(event: RecordedEvent): void {
    if (this.held) {
      this.held.push(event);
      return;
    }
    // Read while it was loaded.
    if (event.position <= this.reached) return;
    this.reached = event.position;
    const moment = momentEvent(event);
    const told = this.teller.take(moment);
    if (told) {
      this.recent.add(told);
      for (const listener of this.listeners) listener.hear(told);
    }
    for (const listener of this.listeners) listener.follow(moment);
  }

  /** What was told after a position, where it is in memory; what is told later comes to those who listen. */
  since(position: Position): readonly ToldEvent[] | undefined {
    // A user's keys are destroyed before the log's follower hears of it. Until it does, and has this forget, events may come
    // that were opened before.
    if (this.log.lastErasure !== this.era) this.recent.forget(this.reached);
    return this.recent.since(position);
  }

  add(listener: Listener): void {
    if (this.isLost) listener.lose();
    else this.listeners.add(listener);
  }

  remove(listener: Listener): void {
    this.listeners.delete(listener);
  }

  /** Whether it may hold something personal of this user besides what was told lately. */
  mayKnow(userId: string): boolean {
    const { attendance, waiting, hostUserId } = this.meeting;
    const isBeingRead = this.held !== undefined;
    return (
      isBeingRead || attendance.includes(userId) || Object.hasOwn(waiting, userId) || hostUserId === userId
    );
  }

  /** Forgets what was told. */
  forget(): void {
    this.era = this.log.lastErasure;
    this.recent.forget(this.reached);
  }

  /** Closes all sockets, and those that are about to listen. */
  lose(): void {
    this.isLost = true;
    for (const listener of this.listeners) listener.lose();
  }

  private read(how: () => Promise<void>): Promise<void> {
    this.reading = this.reading.then(async () => {
      this.held ??= [];
      await how();
      const { held } = this;
      this.held = undefined;
      for (const event of held) this.take(event);
    });
    return this.reading;
  }
}

import {
  Meeting,
  type MeetingEvent,
  type MeetingState,
  momentEvent,
  type MomentEvent,
  ownEntry,
  Participant,
  type ParticipantEvent,
  type ParticipantState,
  STATUS_EVENT_TYPES,
  streamOf,
} from '#libs/domain';
import type { EventLog, Position } from '#libs/event-log';
import { pushesOf } from './event-pushes.js';
import { ToldEvent } from './told-event.js';

type Log = Pick<EventLog, 'readStream'>;

/** The types of the events that make a seat what others see of it. */
const SEAT_TYPES: ReadonlySet<string> = new Set(['ParticipantSeated', ...STATUS_EVENT_TYPES]);

/** Goes through a meeting's events in log order and says what is told of each, to whom, as the meeting was then. */
export class MeetingTeller {
  private constructor(
    readonly meetingId: string,
    private state: MeetingState,
    /** Of those who are in, by participant id. */
    private readonly seated: Map<string, ParticipantState>,
  ) {}

  /** One that has come to a position of the log. */
  static async at(log: Log, meetingId: string, position: Position): Promise<MeetingTeller> {
    let state = Meeting.initial;
    for await (const event of log.readStream(streamOf(Meeting, meetingId))) {
      if (event.position > position) break;
      state = Meeting.evolve(state, momentEvent(event) as MeetingEvent);
    }
    const teller = new MeetingTeller(meetingId, state, new Map());
    for (const { participantId } of Object.values(state.roster)) {
      for await (const event of log.readStream(streamOf(Participant, participantId))) {
        if (event.position > position) break;
        teller.seat(momentEvent(event));
      }
    }
    return teller;
  }

  /** One before the first event. */
  static before(meetingId: string): MeetingTeller {
    return new MeetingTeller(meetingId, Meeting.initial, new Map());
  }

  /** The meeting after the last event that was taken. */
  get meeting(): MeetingState {
    return this.state;
  }

  /** Takes the next event. @returns what is told of it; undefined when it is nothing to anybody */
  take(event: MomentEvent): ToldEvent | undefined {
    const meeting = this.state;
    this.state = Meeting.evolve(meeting, event as MeetingEvent);
    const participant = this.seat(event);
    const pushes = pushesOf(event, { meeting, ...(participant && { participant }) });
    return ToldEvent.of(event, this.meetingId, pushes);
  }

  /** @returns the participant whom the event is about, after it, while they are in */
  private seat(event: MomentEvent): ParticipantState | undefined {
    const { participantId } = event.data as { participantId?: string };
    if (participantId === undefined) return undefined;
    if (event.type === 'ParticipantLeft') this.seated.delete(participantId);
    const before = this.seated.get(participantId);
    if (!SEAT_TYPES.has(event.type)) return before;
    const isHere =
      event.type !== 'ParticipantSeated' ||
      ownEntry(this.state.roster, event.data.userId)?.participantId === participantId;
    // What comes after a participant has left is told to nobody.
    if (!isHere || (!before && event.type !== 'ParticipantSeated')) return undefined;
    const after = Participant.evolve(before ?? Participant.initial, event as ParticipantEvent);
    this.seated.set(participantId, after);
    return after;
  }
}

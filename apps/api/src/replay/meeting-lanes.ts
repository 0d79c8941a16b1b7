import { Chat, Meeting, Participant, Recording, streamOf } from '#libs/domain';
import {
  type EventLog,
  type Position,
  type ReadStreamOptions,
  type RecordedEvent,
  START,
} from '#libs/event-log';
import { type EventWindow, isBeyond } from './event-window.js';
import { placeInStream } from './stream-events.js';

type Log = Pick<EventLog, 'readStream'>;

/** Events of one stream that are read at once: a meeting can have thousands of streams, and each holds so many. */
const CHUNK = 64;

/** A stream of a meeting, all of whose events stand after a position. */
export interface MeetingStream {
  readonly stream: string;
  readonly since: Position;
}

interface Naming {
  readonly participantId?: string;
  readonly recordingId?: string;
}

/** The streams of a meeting as far as its own stream names them before the window's end, in the order of their naming. */
export const streamsOfMeeting = async (
  log: Log,
  meetingId: string,
  { before, head }: EventWindow,
): Promise<MeetingStream[]> => {
  const own = streamOf(Meeting, meetingId);
  const found = new Map<string, Position>([
    [own, START],
    [streamOf(Chat, meetingId), START],
  ]);
  const end = Math.min(before ?? Infinity, head + 1);
  for await (const { type, data, position } of log.readStream(own)) {
    if (position >= end) break;
    const { participantId, recordingId } = data as Naming;
    const stream =
      type === 'ParticipantJoined' && participantId !== undefined
        ? streamOf(Participant, participantId)
        : type === 'MeetingRecordingStarted' && recordingId !== undefined
          ? streamOf(Recording, recordingId)
          : undefined;
    if (stream !== undefined && !found.has(stream)) found.set(stream, position);
  }
  return [...found].map(([stream, since]) => ({ stream, since }));
};

/** Reads one stream of a meeting through a window, a few events at a time. */
export class MeetingLane {
  /** The event that it stands at; undefined when there is none any more. */
  current: RecordedEvent | undefined;
  #next: ReadStreamOptions | undefined;
  #chunk: RecordedEvent[] = [];
  #at = 0;

  private constructor(
    readonly log: Log,
    readonly stream: string,
    readonly window: EventWindow,
  ) {}

  /** A lane at its first event in the window. */
  static async open(log: Log, { stream, since }: MeetingStream, window: EventWindow): Promise<MeetingLane> {
    const lane = new MeetingLane(log, stream, window);
    const isNew = window.direction === 'forwards' && since >= window.after;
    lane.#next = isNew ? { from: 0, direction: 'forwards' } : await placeInStream(log, stream, window);
    await lane.advance();
    return lane;
  }

  /** Goes to the next event. */
  async advance(): Promise<void> {
    if (this.#at === this.#chunk.length) await this.#read();
    const event = this.#chunk[this.#at];
    this.#at += 1;
    this.current = event && !isBeyond(this.window, event.position) ? event : undefined;
  }

  async #read(): Promise<void> {
    this.#chunk = [];
    this.#at = 0;
    if (this.#next === undefined) return;
    for await (const event of this.log.readStream(this.stream, { ...this.#next, limit: CHUNK }))
      this.#chunk.push(event);
    const { direction } = this.window;
    const last = this.#chunk.at(-1)?.revision ?? 0;
    const from = direction === 'forwards' ? last + 1 : last - 1;
    this.#next = this.#chunk.length < CHUNK || from < 0 ? undefined : { from, direction };
  }
}

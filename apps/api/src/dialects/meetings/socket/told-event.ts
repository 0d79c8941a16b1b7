import type { MomentEvent } from '#libs/domain';
import { TextFrame } from '../../../platform/raw-sockets/text-frame.js';
import type { Audience } from './audience.js';
import type { Push } from './event-pushes.js';

/** One message, made once for all who get it. */
interface Telling {
  readonly to: Audience;
  readonly frame: TextFrame;
}

/** What is told of one event: ready to be sent to any number of sockets. */
export class ToldEvent {
  private readonly tellings: readonly Telling[];

  constructor(
    readonly position: number,
    meetingId: string,
    time: string,
    pushes: readonly Push[],
  ) {
    this.tellings = pushes.map(({ to, type, userId, data }) => {
      const message = { type, meeting_id: meetingId, user_id: userId, data, timestamp: time, position };
      return { to, frame: new TextFrame(JSON.stringify(message)) };
    });
  }

  static of(event: MomentEvent, meetingId: string, pushes: readonly Push[]): ToldEvent | undefined {
    return pushes.length > 0 ? new ToldEvent(event.position, meetingId, event.time, pushes) : undefined;
  }

  /** Bytes of all its messages. */
  get size(): number {
    return this.tellings.reduce((sum, { frame }) => sum + frame.bytes.length, 0);
  }

  /** The message for this user; undefined when it is not for them. */
  frameFor(userId: string): TextFrame | undefined {
    for (const { to, frame } of this.tellings) if (to(userId)) return frame;
    return undefined;
  }
}

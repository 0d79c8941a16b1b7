import { momentEvent } from '#libs/domain';
import type { Position } from '#libs/event-log';
import { meetingEvents } from '../../../replay/meeting-events.js';
import type { ChannelLog, Listener, MeetingChannel } from './meeting-channel.js';
import { MeetingTeller } from './meeting-teller.js';

/** A socket that is told what it missed. */
export interface Returning extends Listener {
  readonly isOpen: boolean;
  /** Resolved once little enough waits to be sent: who reads slowly is read for slowly. */
  ready(): Promise<void>;
}

/**
 * Tells a socket what happened in its meeting after a position, in order, once, and has it listen from there on. What is long
 * past is read from the log, a part at a time; the last of it comes from the channel's memory.
 */
export const catchUp = async (
  channel: MeetingChannel,
  log: ChannelLog,
  socket: Returning,
  after: Position,
): Promise<void> => {
  let teller: MeetingTeller | undefined;
  let reached = after;
  while (socket.isOpen) {
    const rest = channel.since(reached);
    if (rest) {
      for (const told of rest) socket.hear(told);
      // In the same turn: nothing is told in between.
      channel.add(socket);
      return;
    }
    teller ??= await MeetingTeller.at(log, channel.meetingId, reached);
    const head = channel.position;
    const window = { direction: 'forwards', after: reached, head } as const;
    for await (const event of meetingEvents(log, channel.meetingId, window)) {
      const told = teller.take(momentEvent(event));
      if (!told) continue;
      socket.hear(told);
      await socket.ready();
      if (!socket.isOpen) return;
    }
    reached = head;
  }
};

import { Inject, Injectable } from '@nestjs/common';
import { type AnyEvent, Chat, Meeting, Participant, Recording, streamOf } from '#libs/domain';
import type { EventLog, RecordedEvent } from '#libs/event-log';
import { EVENT_LOG } from '../platform/log-follower.js';

/** An event of the log, with the type of its data known. */
export type TypedEvent = Omit<RecordedEvent, 'type' | 'data'> & AnyEvent;

/** All events of a meeting, of its own stream and of its participants', chat's and recordings', in log order. */
@Injectable()
export class MeetingHistory {
  constructor(@Inject(EVENT_LOG) private readonly log: EventLog) {}

  /** Empty for a meeting that does not exist. */
  async events(meetingId: string): Promise<TypedEvent[]> {
    const own = await this.stream(streamOf(Meeting, meetingId));
    const streams = new Set([streamOf(Chat, meetingId)]);
    for (const event of own) {
      if (event.type === 'ParticipantJoined') streams.add(streamOf(Participant, event.data.participantId));
      if (event.type === 'MeetingRecordingStarted') streams.add(streamOf(Recording, event.data.recordingId));
    }
    const others = await Promise.all([...streams].map(stream => this.stream(stream)));
    return [...own, ...others.flat()].sort((one, other) => one.position - other.position);
  }

  private async stream(name: string): Promise<TypedEvent[]> {
    const events: TypedEvent[] = [];
    for await (const event of this.log.readStream(name)) events.push(event as unknown as TypedEvent);
    return events;
  }
}

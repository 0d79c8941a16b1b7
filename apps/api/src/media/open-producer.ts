import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  type MediaKind,
  type MediaSource,
  Meeting,
  type MeetingState,
  Participant,
  type ParticipantState,
  permissionsOf,
} from '#libs/domain';
import type { MediaOperations } from '#libs/work-queues';
import { findSeat } from '../participants/find-seat.js';
import { Aggregates } from '../platform/aggregates.js';
import type { RequestContext } from '../platform/request-context.js';
import { isSilenced } from './is-silenced.js';
import { MediaWorkers } from './media-workers.js';

export interface ProducerRequest {
  readonly meetingId: string;
  readonly connectionId: string;
  readonly transportId: string;
  readonly kind: MediaKind;
  readonly source: MediaSource;
  readonly rtpParameters: MediaOperations['producer.create']['request']['rtpParameters'];
}

/** Begins to send a track: on the media worker first, then in the log, from which the others learn of it. Returns the producer's id. */
export class OpenProducer extends Command<string> {
  constructor(
    readonly request: ProducerRequest,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@CommandHandler(OpenProducer)
export class OpenProducerHandler implements ICommandHandler<OpenProducer> {
  constructor(
    private readonly aggregates: Aggregates,
    private readonly workers: MediaWorkers,
  ) {}

  async execute({ request, context }: OpenProducer): Promise<string> {
    const { meetingId, kind, source } = request;
    const { meeting, seat } = await findSeat(this.aggregates, meetingId, context.by.userId);
    const { participantId } = seat;
    const before = await this.aggregates.state(Participant, participantId);
    const paused = isSilenced(before, source);
    const mediaWorkerId = await this.workers.place(meetingId);
    const command = { type: 'OpenProducer', kind, source, mediaWorkerId } as const;
    const requireAllowed = (state: ParticipantState, current: MeetingState): void => {
      const may = permissionsOf(current, context.by.userId);
      Participant.decide(state, { ...command, producerId: '', may, by: context.by, at: '' });
    };
    // What is refused must not come to the media worker first: a recording takes in everything there.
    requireAllowed(before, meeting);
    const { producerId } = await this.workers.request('producer.create', {
      ...request,
      participantId,
      paused,
    });
    const own = { meetingId, participantId, producerId };
    try {
      const state = await this.aggregates.execute(
        Participant,
        participantId,
        { ...command, producerId, may: permissionsOf(meeting, context.by.userId) },
        context,
      );
      // Whatever was forbidden before the log told of the track is refused here; what is forbidden later ends the track.
      requireAllowed(state, await this.aggregates.state(Meeting, meetingId));
      // A mute that came in between found no producer to pause.
      const silenced = isSilenced(state, source);
      if (silenced !== paused)
        await this.workers.requestPlaced(silenced ? 'producer.pause' : 'producer.resume', own);
    } catch (error) {
      await this.workers.requestPlaced('producer.close', own);
      throw error;
    }
    return producerId;
  }
}

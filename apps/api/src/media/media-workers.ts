import { Injectable } from '@nestjs/common';
import { DomainError, Meeting, type MeetingState } from '#libs/domain';
import { mediaQueue, type MediaOperations, RequestClient } from '#libs/work-queues';
import { Aggregates } from '../platform/aggregates.js';
import { LivingWorkers } from '../platform/living-workers.js';
import { mediaRequestDuration } from '../platform/metrics.js';
import { InjectReadModels, type ReadModels } from '../platform/read-models.js';
import { mediaRooms } from './media-rooms.js';

type Name = keyof MediaOperations;
type Placed = MeetingState & { readonly mediaWorkerId: string };

/** What opens a meeting's media or lets it flow brings along who is in which room, as it is when the worker is asked. */
const WITH_ROOMS: ReadonlySet<Name> = new Set([
  'router.open',
  'producer.create',
  'consumer.create',
  'recording.connect',
]);

/** Where each meeting's media runs, and requests to that media worker. */
@Injectable()
export class MediaWorkers {
  /** Placements under way, so that requests that come together place a meeting once. */
  private readonly placing = new Map<string, Promise<Placed>>();

  constructor(
    private readonly aggregates: Aggregates,
    @InjectReadModels() private readonly readModels: ReadModels,
    private readonly living: LivingWorkers,
    private readonly requests: RequestClient,
  ) {}

  /** Asks the meeting's media worker; places the meeting on a worker first where it has none that lives. */
  async request<N extends Name>(
    name: N,
    request: MediaOperations[N]['request'],
  ): Promise<MediaOperations[N]['result']> {
    const state = await this.placed(request.meetingId);
    const rooms = WITH_ROOMS.has(name) ? mediaRooms(state) : undefined;
    return this.ask(state.mediaWorkerId, name, rooms ? { ...request, rooms } : request);
  }

  /** Asks the media worker that the meeting is placed on; undefined when that lives no more, or the meeting has none. */
  async requestPlaced<N extends Name>(
    name: N,
    request: MediaOperations[N]['request'],
  ): Promise<MediaOperations[N]['result'] | undefined> {
    const { mediaWorkerId } = await this.aggregates.state(Meeting, request.meetingId);
    return mediaWorkerId && this.living.isAlive('media', mediaWorkerId)
      ? this.ask(mediaWorkerId, name, request)
      : undefined;
  }

  /** Tells the meeting's media worker who is in which room; not one that lives no more: whoever opens the next one's tells it. */
  async applyRooms(meetingId: string): Promise<void> {
    const state = await this.aggregates.state(Meeting, meetingId);
    const rooms = mediaRooms(state);
    if (rooms && state.status === 'active') await this.requestPlaced('rooms.apply', { meetingId, rooms });
  }

  /** The living media worker of the meeting. @throws DomainError MEDIA_UNAVAILABLE when there is none to place it on. */
  async place(meetingId: string): Promise<string> {
    return (await this.placed(meetingId)).mediaWorkerId;
  }

  /** The meeting as it is now, on a media worker that lives. */
  private async placed(meetingId: string): Promise<Placed> {
    const state = await this.aggregates.state(Meeting, meetingId);
    const { mediaWorkerId } = state;
    if (mediaWorkerId && this.living.isAlive('media', mediaWorkerId)) return { ...state, mediaWorkerId };
    const under = this.placing.get(meetingId);
    if (under) return under;
    const placed = this.placeAnew(meetingId, mediaWorkerId).finally(() => this.placing.delete(meetingId));
    this.placing.set(meetingId, placed);
    return placed;
  }

  private async placeAnew(meetingId: string, replaces: string | undefined): Promise<Placed> {
    const mediaWorkerId = await this.leastLoaded();
    const state = await this.aggregates.execute(
      Meeting,
      meetingId,
      { type: 'PlaceMedia', mediaWorkerId, replaces },
      this.aggregates.ownContext(),
    );
    return { mediaWorkerId, ...state };
  }

  private async leastLoaded(): Promise<string> {
    const rows = await this.readModels
      .selectFrom('meetings')
      .select(['media_worker_id', ({ fn }) => fn.countAll<number>().as('meetings')])
      .where('status', '=', 'active')
      .groupBy('media_worker_id')
      .execute();
    const load = new Map(rows.map(row => [row.media_worker_id, row.meetings]));
    const [best] = [...this.living.alive('media')].sort(
      (one, other) => (load.get(one) ?? 0) - (load.get(other) ?? 0),
    );
    if (!best) throw new DomainError('MEDIA_UNAVAILABLE');
    return best;
  }

  private async ask<N extends Name>(
    mediaWorkerId: string,
    name: N,
    request: MediaOperations[N]['request'],
  ): Promise<MediaOperations[N]['result']> {
    const stop = mediaRequestDuration.startTimer({ operation: name });
    try {
      return await this.requests.request<MediaOperations, N>(mediaQueue(mediaWorkerId), name, request);
    } finally {
      stop();
    }
  }
}

import { Injectable } from '@nestjs/common';
import { type AnyEvent, Meeting } from '#libs/domain';
import type { Position } from '#libs/event-log';
import { Aggregates } from '../../../platform/aggregates.js';
import { InjectReadModels, type ReadModels } from '../../../platform/read-models.js';
import { PermissionPushes } from './permission-pushes.js';
import { breakoutView, participantView, producerView } from './pushed-views.js';
import { PushOutlet } from './push-outlet.js';
import { reachChanges } from './reach-changes.js';
import { type RoomOf, RoomWatch } from './room-watch.js';
import { meetingRoom, userRoom } from './signalling-session.js';

export type BreakoutEvent = Extract<
  AnyEvent,
  {
    type:
      | 'BreakoutRoomsOpened'
      | 'BreakoutRoomAssigned'
      | 'BreakoutRoomLeft'
      | 'BreakoutRoomsCloseAnnounced'
      | 'BreakoutRoomsClosed';
  }
>;

/**
 * Pushes about breakout rooms. Whoever moves is told of the tracks that are out of reach now as if they had closed, and of
 * those within reach as if they were new; so are those whom the mover leaves and meets.
 */
@Injectable()
export class BreakoutPushes {
  constructor(
    private readonly outlet: PushOutlet,
    private readonly watch: RoomWatch,
    private readonly permissions: PermissionPushes,
    private readonly aggregates: Aggregates,
    @InjectReadModels() private readonly readModels: ReadModels,
  ) {}

  async push(event: BreakoutEvent, position: Position): Promise<void> {
    const { meetingId } = event.data;
    const before = this.watch.rooms(meetingId);
    this.watch.take(event);
    const after = this.watch.rooms(meetingId);
    if (!before || !after) return;
    switch (event.type) {
      case 'BreakoutRoomsOpened':
        return this.toAll(meetingId, 'breakout_rooms_opened', breakoutView(event.data));
      case 'BreakoutRoomsCloseAnnounced':
        return this.toAll(meetingId, 'breakout_rooms_closing', { closes_at: event.data.closesAt });
      case 'BreakoutRoomAssigned':
      case 'BreakoutRoomLeft':
        await this.regroup(meetingId, before, after, position, [event.data]);
        return this.permissions.tell(meetingId, event.data.userId);
      case 'BreakoutRoomsClosed': {
        this.toAll(meetingId, 'breakout_rooms_closed', { reason: event.data.reason });
        // Everybody goes next.
        if (event.data.reason === 'meeting-ended') return;
        const back = [...before].map(([participantId, { userId }]) => ({ participantId, userId }));
        await this.regroup(meetingId, before, after, position, back);
        return this.permissions.tell(meetingId);
      }
    }
  }

  private toAll(meetingId: string, name: string, payload: unknown): void {
    this.outlet.emit({ rooms: [meetingRoom(meetingId)] }, meetingId, { name, payload });
  }

  private async regroup(
    meetingId: string,
    before: RoomOf,
    after: RoomOf,
    position: Position,
    movers: readonly { readonly participantId: string; readonly userId: string }[],
  ): Promise<void> {
    const { roster } = await this.aggregates.state(Meeting, meetingId);
    // What opens later is pushed when its event comes.
    const tracks = await this.readModels
      .selectFrom('producers')
      .selectAll()
      .where('meeting_id', '=', meetingId)
      .where('position', '<', position)
      .execute();
    const changes = reachChanges(Object.values(roster), tracks, before, after);
    const devicesOf = (users: readonly string[]) => ({
      rooms: users.map(userId => userRoom(meetingId, userId)),
    });
    for (const { track, lost } of changes) {
      const { producer_id, participant_id } = track;
      const payload = { producer_id, participant_id };
      this.outlet.emit(devicesOf(lost), meetingId, { name: 'producer_closed', payload, ends: producer_id });
    }
    const rows = await this.readModels
      .selectFrom('participants')
      .selectAll()
      .where('meeting_id', '=', meetingId)
      .where('left_at', 'is', null)
      .execute();
    for (const { participantId, userId } of movers) {
      const row = rows.find(one => one.participant_id === participantId);
      if (!row) continue;
      this.toAll(meetingId, 'participant_updated', participantView(row));
      const room = after.get(participantId)?.roomId;
      const near = tracks.filter(track => after.get(track.participant_id)?.roomId === room);
      const payload = { breakout_room_id: room ?? null, producers: near.map(producerView) };
      this.outlet.emit(devicesOf([userId]), meetingId, { name: 'breakout_room_changed', payload });
    }
    for (const { track, gained } of changes) {
      const push = { name: 'new_producer', payload: producerView(track), tells: track.producer_id };
      this.outlet.emit(devicesOf(gained), meetingId, push);
    }
  }
}

import { Injectable } from '@nestjs/common';
import { Meeting, type MeetingState, permissionsOf } from '#libs/domain';
import { Aggregates } from '../../../platform/aggregates.js';
import { permissionsView } from './pushed-views.js';
import { PushOutlet } from './push-outlet.js';
import { meetingRoom, type SignallingSocket, userRoom } from './signalling-session.js';

/** Tells connections what their user may do, whenever that is something else than they were told last. */
@Injectable()
export class PermissionPushes {
  constructor(
    private readonly outlet: PushOutlet,
    private readonly aggregates: Aggregates,
  ) {}

  /** A connection is about to be shown what its user may do, by the meeting as it is now. */
  shown(socket: SignallingSocket, meeting: MeetingState): void {
    const view = permissionsView(permissionsOf(meeting, socket.data.principal.userId));
    socket.data.permissions.set(meeting.meetingId, JSON.stringify(view));
  }

  /** Role, policy or room of a user changed; without one, of anybody. */
  async tell(meetingId: string, userId?: string): Promise<void> {
    const meeting = await this.aggregates.state(Meeting, meetingId);
    const room = userId === undefined ? meetingRoom(meetingId) : userRoom(meetingId, userId);
    for (const socket of this.outlet.socketsIn([room])) {
      const { principal, permissions, seats } = socket.data;
      if (!seats.has(meetingId)) continue;
      const view = permissionsView(permissionsOf(meeting, principal.userId));
      const text = JSON.stringify(view);
      if (permissions.get(meetingId) === text) continue;
      permissions.set(meetingId, text);
      const payload = { permissions: view };
      this.outlet.emit({ rooms: [socket.id] }, meetingId, { name: 'permissions_updated', payload });
    }
  }

  /** The policy or the host changed. */
  async tellMeeting(meetingId: string): Promise<void> {
    const { settings, hostUserId } = await this.aggregates.state(Meeting, meetingId);
    const payload = { is_locked: settings.locked, host_id: hostUserId };
    this.outlet.emit({ rooms: [meetingRoom(meetingId)] }, meetingId, { name: 'meeting_updated', payload });
    await this.tell(meetingId);
  }
}

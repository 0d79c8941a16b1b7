import { Injectable } from '@nestjs/common';
import type { AnyEvent, MeetingState } from '#libs/domain';
import type { Audience } from './push-outlet.js';
import { meetingRoom, userRoom } from './signalling-session.js';

/** Breakout room by participant id; whoever is not named is in the main room. */
export type RoomOf = ReadonlyMap<string, { readonly userId: string; readonly roomId: string }>;

/**
 * In which room everybody is after the events that have been pushed, for meetings with connections here: pushes are made from
 * the log in its order, and the meeting itself may be ahead of it.
 */
@Injectable()
export class RoomWatch {
  private readonly meetings = new Map<string, RoomOf>();

  /** From now on this meeting is watched; to be called before the first connection is shown anything of it. */
  begin({ meetingId, roster }: Pick<MeetingState, 'meetingId' | 'roster'>): void {
    if (this.meetings.has(meetingId)) return;
    const rooms = Object.values(roster).flatMap(({ participantId, userId, breakoutRoomId: roomId }) =>
      roomId === undefined ? [] : [[participantId, { userId, roomId }] as const],
    );
    this.meetings.set(meetingId, new Map(rooms));
  }

  /** Undefined for a meeting that is not watched: nobody here is in it. */
  rooms(meetingId: string): RoomOf | undefined {
    return this.meetings.get(meetingId);
  }

  /** Takes the next event of a meeting, in the order of the log. */
  take(event: AnyEvent): void {
    if (!('meetingId' in event.data)) return;
    const { meetingId } = event.data;
    const before = this.meetings.get(meetingId);
    if (!before) return;
    switch (event.type) {
      case 'BreakoutRoomAssigned': {
        const { participantId, userId, roomId } = event.data;
        this.meetings.set(meetingId, new Map(before).set(participantId, { userId, roomId }));
        return;
      }
      case 'BreakoutRoomLeft':
      case 'ParticipantLeft': {
        if (!before.has(event.data.participantId)) return;
        const rest = new Map(before);
        rest.delete(event.data.participantId);
        this.meetings.set(meetingId, rest);
        return;
      }
      case 'BreakoutRoomsClosed':
        this.meetings.set(meetingId, new Map());
        return;
      case 'MeetingEnded':
        this.meetings.delete(meetingId);
        return;
      default:
        return;
    }
  }

  /** Those in this breakout room; without one, those in the main room. */
  audience(meetingId: string, roomId: string | undefined): Audience {
    const away = [...(this.meetings.get(meetingId)?.values() ?? [])];
    const userRooms = (seats: typeof away): string[] =>
      seats.map(({ userId }) => userRoom(meetingId, userId));
    return roomId === undefined
      ? { rooms: [meetingRoom(meetingId)], except: userRooms(away) }
      : { rooms: userRooms(away.filter(seat => seat.roomId === roomId)) };
  }

  /** Those who are in the same room as this participant, the participant included. */
  around(meetingId: string, participantId: string): Audience {
    return this.audience(meetingId, this.meetings.get(meetingId)?.get(participantId)?.roomId);
  }
}

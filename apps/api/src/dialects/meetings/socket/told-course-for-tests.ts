import type { ChatMessage, MomentEvent } from '#libs/domain';
import { MeetingTeller } from './meeting-teller.js';

/** When everything happens. */
export const AT = '2026-11-22T10:00:00.000Z';
export interface Message {
  readonly type: string;
  readonly user_id: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly position: number;
}
export type Event = Pick<MomentEvent, 'type'> & { readonly data: object };

/** A meeting of ada's to which things happen; what each user is told of them is kept. */
export class Course {
  private readonly teller = MeetingTeller.before('m');
  private position = 0;
  constructor(...events: readonly Event[]) {
    this.happen(
      'MeetingCreated',
      {
        hostUserId: 'ada',
        hostName: 'Ada',
        title: 'T',
        meetingNumber: '1',
        settings: {},
        createdAt: AT,
      },
      [],
    );
    for (const { type, data } of events) this.happen(type, data, []);
  }

  /** @returns what each of these is told, undefined for nothing */
  happen(
    type: string,
    data: object,
    users: readonly string[] = ['ada', 'grace', 'edsger', 'eve'],
  ): (Message | undefined)[] {
    this.position += 1;
    const event = { type, data: { meetingId: 'm', ...data }, time: AT, position: this.position };
    const told = this.teller.take(event as unknown as MomentEvent);
    return users.map(userId => {
      const text = told?.frameFor(userId)?.text;
      return text === undefined ? undefined : (JSON.parse(text) as Message);
    });
  }
}

export const joined = (userId: string, role = 'attendee'): Event[] => [
  {
    type: 'ParticipantJoined',
    data: { participantId: `p-${userId}`, userId, displayName: userId.toUpperCase(), role, joinedAt: AT },
  },
  {
    type: 'ParticipantSeated',
    data: {
      participantId: `p-${userId}`,
      userId,
      deviceType: 'tablet',
      isMuted: true,
      isVideoOn: true,
      seatedAt: AT,
    },
  },
];
export const started: Event = { type: 'MeetingStarted', data: { startedBy: 'ada', startedAt: AT } };
/** ada, the host, grace and edsger are in; eve is not. */
export const running = (): Course =>
  new Course(started, ...joined('ada', 'host'), ...joined('grace'), ...joined('edsger'));
export const said = (senderId: string, more: Partial<ChatMessage> = {}): object => ({
  messageId: 'c1',
  senderId,
  senderParticipantId: `p-${senderId}`,
  senderName: senderId.toUpperCase(),
  content: 'Hello everyone!',
  messageType: 'text',
  sentAt: AT,
  ...more,
});
export const assigned = (userId: string, roomId: string): Event => ({
  type: 'BreakoutRoomAssigned',
  data: {
    userId,
    participantId: `p-${userId}`,
    roomId,
    assignmentType: 'manual',
    assignedBy: 'ada',
    assignedAt: AT,
  },
});
export const opened: Event = {
  type: 'BreakoutRoomsOpened',
  data: {
    rooms: [{ roomId: 'r1', name: 'One', allowChat: true, allowScreenShare: false }],
    participantsMayChoose: true,
    participantsMayReturn: false,
    timeLimitMinutes: 30,
    closesAt: AT,
    openedBy: 'ada',
    openedAt: AT,
  },
};
export const types = (told: readonly (Message | undefined)[]): (string | undefined)[] =>
  told.map(one => one?.type);
export const reacted = (userId: string): object => ({
  participantId: `p-${userId}`,
  reactionType: 'thumbs_up',
  durationSeconds: 3,
  by: userId,
  at: AT,
});

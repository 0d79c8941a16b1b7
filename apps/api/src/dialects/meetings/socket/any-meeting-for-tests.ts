import { randomUUID } from 'node:crypto';
import {
  type AnyEvent,
  Chat,
  DEFAULT_SETTINGS,
  DomainError,
  Meeting,
  type MeetingCommand,
  moderates,
  ownEntry,
  Participant,
  type ParticipantState,
  permissionsOf,
  type Principal,
  replay,
  roleOf,
  streamOf,
} from '#libs/domain';
import type { NewEvent } from '#libs/event-log';

/** Whole numbers below what is asked for, at random but the same for one seed (mulberry32). */
export const picker = (seed: number): ((below: number) => number) => {
  let state = seed;
  return below => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
};

/** An event of a meeting that is made up, and where it belongs. */
export interface MadeUp {
  readonly stream: string;
  readonly event: NewEvent;
}

type WithoutIssuer<C> = C extends unknown ? Omit<C, 'by' | 'at'> : never;

const ROOMS = ['r1', 'r2'] as const;
export const USERS = ['ada', 'grace', 'edsger', 'barbara', 'linus'] as const;

/**
 * Plays a meeting of ada's by the domain's own rules: what they refuse does not happen. All events so far are in `events`, in
 * the order in which they are to be appended.
 */
export class AnyMeeting {
  readonly events: MadeUp[] = [];
  private meeting = Meeting.initial;
  private readonly seats = new Map<string, ParticipantState>();
  private chat = Chat.initial;
  private time = Date.parse('2026-11-22T10:00:00.000Z');

  constructor(readonly meetingId: string) {
    this.command('ada', {
      type: 'CreateMeeting',
      meetingId,
      meetingNumber: '123-456-789',
      title: 'Any',
      settings: { ...DEFAULT_SETTINGS, passwordHash: 'scrypt$secret' },
      startNow: true,
    });
  }

  /** Takes one step of many kinds. @param pick gives a whole number below its argument */
  step(pick: (below: number) => number): void {
    const user = (): string => USERS[pick(USERS.length)] as string;
    const by = user();
    switch (pick(16)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return this.join(by);
      case 4:
        return this.command(by, {
          type: 'LeaveMeeting',
          userId: pick(2) ? by : user(),
          reason: pick(2) ? 'left' : 'removed',
        });
      case 5:
        return this.command('ada', {
          type: pick(3) ? 'AdmitParticipant' : 'DenyParticipant',
          userId: user(),
        });
      case 6:
        return this.command(by, { type: 'StopWaiting', userId: by });
      case 7:
        return this.command('ada', {
          type: 'ChangeRole',
          userId: user(),
          role: (['co-host', 'attendee', 'viewer'] as const)[pick(3)]!,
        });
      case 8:
        return this.command('ada', {
          type: 'ApplySecurityPolicy',
          changes: { waitingRoomEnabled: pick(3) === 0, chatPermission: pick(4) ? 'all' : 'host' },
        });
      case 9:
        if (pick(3) === 0) return this.command('ada', { type: 'CloseBreakoutRooms' });
        return this.command('ada', {
          type: 'OpenBreakoutRooms',
          rooms: ROOMS.map(roomId => ({ roomId, name: roomId, allowChat: true, allowScreenShare: true })),
          autoAssign: pick(2) === 0,
          participantsMayChoose: true,
          participantsMayReturn: true,
        });
      case 10:
      case 11:
        return pick(3) === 0
          ? this.command(by, { type: 'ReturnFromBreakoutRoom', userId: by })
          : this.command(by, { type: 'AssignBreakoutRoom', userId: by, roomId: ROOMS[pick(ROOMS.length)]! });
      case 12:
        return this.status(by, pick);
      default:
        return this.say(by, pick(3) ? undefined : user(), pick(8) === 0);
    }
  }

  end(): void {
    this.command('ada', { type: 'EndMeeting' });
  }

  join(userId: string): void {
    const participantId = `${this.meetingId}-${this.events.length}`;
    this.command(userId, {
      type: 'JoinMeeting',
      participantId,
      displayName: `Name of ${userId}`,
      passwordMatches: true,
    });
    const seat = ownEntry(this.meeting.roster, userId);
    if (!seat || this.seats.has(seat.participantId)) return;
    const { meetingId } = this;
    const seated = {
      type: 'SeatParticipant',
      meetingId,
      participantId: seat.participantId,
      userId,
      deviceType: 'desktop',
      isMuted: false,
      isVideoOn: true,
    } as const;
    this.decide(() => Participant.decide(Participant.initial, { ...seated, ...this.issued(userId) }));
  }

  private status(userId: string, pick: (below: number) => number): void {
    const seat = ownEntry(this.meeting.roster, userId);
    const state = seat && this.seats.get(seat.participantId);
    if (!state) return;
    const command = pick(3)
      ? ({
          type: 'UpdateStatus',
          byRole: roleOf(this.meeting, userId),
          may: permissionsOf(this.meeting, userId),
          isMuted: pick(2) === 0,
          isHandRaised: pick(2) === 0,
        } as const)
      : ({ type: 'SendReaction', reactionType: 'clap', durationSeconds: 3 } as const);
    this.decide(() => Participant.decide(state, { ...command, ...this.issued(userId) }));
  }

  private say(userId: string, recipientId: string | undefined, isBroadcast: boolean): void {
    const seat = ownEntry(this.meeting.roster, userId);
    if (!seat) return;
    const issued = this.issued(userId);
    this.decide(() =>
      Chat.decide(this.chat, {
        type: 'SendMessage',
        meetingId: this.meetingId,
        messageId: `m${this.events.length}`,
        senderParticipantId: seat.participantId,
        senderName: seat.displayName,
        content: `${this.events.length}`,
        messageType: 'text',
        mayWrite: permissionsOf(this.meeting, userId).chat,
        moderates: moderates(this.meeting, issued.by),
        ...(seat.breakoutRoomId && { breakoutRoomId: seat.breakoutRoomId }),
        ...(recipientId && {
          recipientId,
          recipientInMeeting: Object.hasOwn(this.meeting.roster, recipientId),
        }),
        ...(isBroadcast && { isBroadcast }),
        ...issued,
      }),
    );
  }

  private command(userId: string, command: WithoutIssuer<MeetingCommand>): void {
    this.decide(() => Meeting.decide(this.meeting, { ...command, ...this.issued(userId) }));
  }

  private issued(userId: string): { by: Principal; at: string } {
    return { by: { userId, name: userId, roles: [] }, at: new Date((this.time += 100)).toISOString() };
  }

  private decide(decided: () => readonly AnyEvent[]): void {
    let events: readonly AnyEvent[];
    try {
      events = decided();
    } catch (error) {
      if (error instanceof DomainError) return;
      throw error;
    }
    for (const event of events) this.add(event);
  }

  private add(event: AnyEvent): void {
    const { participantId = '' } = event.data as { participantId?: string };
    const isSeats = Object.hasOwn(
      {
        ParticipantSeated: 1,
        AudioMuted: 1,
        AudioUnmuted: 1,
        HandRaised: 1,
        HandLowered: 1,
        ReactionSent: 1,
      },
      event.type,
    );
    const stream =
      event.type === 'ChatMessageSent'
        ? streamOf(Chat, this.meetingId)
        : isSeats
          ? streamOf(Participant, participantId)
          : streamOf(Meeting, this.meetingId);
    if (event.type === 'ChatMessageSent') this.chat = Chat.evolve(this.chat, event);
    else if (isSeats)
      this.seats.set(participantId, replay(Participant, [event as never], this.seats.get(participantId)));
    else this.meeting = Meeting.evolve(this.meeting, event as never);
    this.events.push({
      stream,
      event: {
        id: randomUUID(),
        type: event.type,
        version: event.type === 'MeetingCreated' ? 2 : 1,
        time: new Date(this.time).toISOString(),
        data: event.data,
        metadata: { correlationId: 'req_any', userId: 'ada' },
      },
    });
  }
}

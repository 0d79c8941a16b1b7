import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  type DeviceType,
  DomainError,
  entryStatus,
  Meeting,
  type MeetingState,
  ownEntry,
  Participant,
  type ParticipantState,
  permissionsOf,
  type Seat,
} from '#libs/domain';
import { Aggregates } from '../platform/aggregates.js';
import { newId } from '../platform/new-id.js';
import type { RequestContext } from '../platform/request-context.js';
import { Enforcement } from '../policies/enforcement.js';
import { PasswordGuesses } from './password-guesses.js';
import { WaitingDevices } from './waiting-devices.js';

export interface JoinRequest {
  readonly meetingId: string;
  readonly displayName?: string;
  readonly password?: string;
  readonly deviceType?: DeviceType;
  readonly isMuted?: boolean;
  readonly isVideoOn?: boolean;
  /** The signalling connection or other device that joins. */
  readonly connectionId?: string;
}

export interface Joined {
  readonly meeting: MeetingState;
  readonly seat: Seat;
  readonly participant: ParticipantState;
}

/**
 * Takes a seat, or comes back to it. Undefined: the user waits for the host. Whoever joins over a connection tells Presence when
 * that closes: `deviceGone` of a seat, and `waitingGone` in any case.
 */
export class JoinMeeting extends Command<Joined | undefined> {
  constructor(
    readonly request: JoinRequest,
    readonly context: RequestContext,
  ) {
    super();
  }
}

/** How often a join is taken again that was overtaken, as by the end of the grace period of the seat it came back to. */
const ATTEMPTS = 3;

@CommandHandler(JoinMeeting)
export class JoinMeetingHandler implements ICommandHandler<JoinMeeting> {
  constructor(
    private readonly aggregates: Aggregates,
    private readonly guesses: PasswordGuesses,
    private readonly waitingDevices: WaitingDevices,
    private readonly enforcement: Enforcement,
  ) {}

  async execute({ request, context }: JoinMeeting): Promise<Joined | undefined> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const outcome = await this.attempt(request, context);
      if (outcome !== 'overtaken') return outcome === 'waiting' ? undefined : outcome;
      // A repeated request with an idempotency key may come after its user has left again.
      if (context.idempotencyKey) break;
    }
    throw new DomainError('PARTICIPANT_NOT_FOUND', { user_id: context.by.userId });
  }

  private async attempt(
    request: JoinRequest,
    context: RequestContext,
  ): Promise<Joined | 'waiting' | 'overtaken'> {
    const { meetingId, connectionId } = request;
    const { userId, name } = context.by;
    const meeting = await this.aggregates.execute(
      Meeting,
      meetingId,
      {
        type: 'JoinMeeting',
        participantId: newId(`participant of ${meetingId}`, context),
        displayName: request.displayName?.trim() || name,
        passwordMatches: await this.passwordMatches(request, userId),
      },
      context,
    );
    const seat = ownEntry(meeting.roster, userId);
    if (!seat) {
      if (!ownEntry(meeting.waiting, userId)) return 'overtaken';
      this.waitingDevices.here({ meetingId, userId }, connectionId);
      const stillWaits = ownEntry((await this.aggregates.state(Meeting, meetingId)).waiting, userId);
      return stillWaits ? 'waiting' : 'overtaken';
    }
    const participant = await this.seat(meeting, seat, request, context);
    if (!connectionId) return { meeting, seat, participant };
    this.waitingDevices.over({ meetingId, userId }, connectionId);
    const connected = await this.aggregates.execute(
      Participant,
      seat.participantId,
      { type: 'ConnectParticipant', connectionId },
      context,
    );
    const now = ownEntry((await this.aggregates.state(Meeting, meetingId)).roster, userId);
    return now?.participantId === seat.participantId
      ? { meeting, seat, participant: connected }
      : 'overtaken';
  }

  /** Whether the password fits the meeting's, also where that changes while it is tried. */
  private async passwordMatches({ meetingId, password }: JoinRequest, userId: string): Promise<boolean> {
    const hash = async (): Promise<string | undefined> =>
      (await this.aggregates.state(Meeting, meetingId)).settings.passwordHash;
    let tried: string | undefined;
    let fits = true;
    for (let wanted = await hash(); wanted !== tried; wanted = await hash()) {
      tried = wanted;
      fits = wanted === undefined || (await this.guesses.fits(password, wanted, meetingId, userId));
    }
    return fits;
  }

  private async seat(
    meeting: MeetingState,
    { participantId, userId }: Seat,
    request: JoinRequest,
    context: RequestContext,
  ): Promise<ParticipantState> {
    const { meetingId } = meeting;
    const before = await this.aggregates.state(Participant, participantId);
    if (before.seated) return before;
    const seated = await this.aggregates.execute(
      Participant,
      participantId,
      {
        type: 'SeatParticipant',
        meetingId,
        participantId,
        userId,
        deviceType: request.deviceType ?? 'other',
        ...entryStatus(meeting, userId, {
          isMuted: request.isMuted ?? false,
          isVideoOn: request.isVideoOn ?? true,
        }),
      },
      context,
    );
    // A policy that came in between found nobody in this seat.
    const now = await this.aggregates.state(Meeting, meetingId);
    if (now === meeting) return seated;
    if (now.settings.muteOnEntry && !meeting.settings.muteOnEntry && !permissionsOf(now, userId).moderate)
      await this.enforcement.mute(meetingId, userId, this.aggregates.ownContext());
    return (await this.enforcement.correctStatus(meetingId, userId)) ?? seated;
  }
}

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
  type Seat,
} from '#libs/domain';
import { Aggregates } from '../platform/aggregates.js';
import { newId } from '../platform/new-id.js';
import type { RequestContext } from '../platform/request-context.js';
import { PasswordGuesses } from './password-guesses.js';

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

/** Takes a seat, or comes back to it. Undefined: the user waits for the host. */
export class JoinMeeting extends Command<Joined | undefined> {
  constructor(
    readonly request: JoinRequest,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@CommandHandler(JoinMeeting)
export class JoinMeetingHandler implements ICommandHandler<JoinMeeting> {
  constructor(
    private readonly aggregates: Aggregates,
    private readonly guesses: PasswordGuesses,
  ) {}

  async execute({ request, context }: JoinMeeting): Promise<Joined | undefined> {
    const { meetingId, password, connectionId } = request;
    const { userId, name } = context.by;
    const { passwordHash } = (await this.aggregates.state(Meeting, meetingId)).settings;
    const meeting = await this.aggregates.execute(
      Meeting,
      meetingId,
      {
        type: 'JoinMeeting',
        participantId: newId(`participant of ${meetingId}`, context),
        displayName: request.displayName?.trim() || name,
        passwordMatches: passwordHash
          ? await this.guesses.fits(password, passwordHash, meetingId, userId)
          : true,
      },
      context,
    );
    const seat = ownEntry(meeting.roster, userId);
    if (!seat && ownEntry(meeting.waiting, userId)) return undefined;
    // A repeated request with an idempotency key may come after its user has left again.
    if (!seat) throw new DomainError('PARTICIPANT_NOT_FOUND', { user_id: userId });
    const { participantId } = seat;
    let participant = await this.aggregates.execute(
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
    if (connectionId) {
      participant = await this.aggregates.execute(
        Participant,
        participantId,
        { type: 'ConnectParticipant', connectionId },
        context,
      );
    }
    return { meeting, seat, participant };
  }
}

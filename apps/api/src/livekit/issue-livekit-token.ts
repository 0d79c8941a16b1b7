import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Config } from '#libs/config';
import {
  DomainError,
  type MeetingState,
  moderates,
  ownEntry,
  permissionsOf,
  type Principal,
  roleOf,
} from '#libs/domain';
import { activeMeeting } from '../participants/find-seat.js';
import { Aggregates } from '../platform/aggregates.js';
import { CONFIG } from '../platform/settings.js';
import { livekitGrants } from './livekit-grants.js';

/** LiveKit asks for a token when somebody connects, and gives out fresh ones itself to who is connected. */
const VALID_FOR = '10m';

export interface TokenRequest {
  readonly meetingId: string;
  /** Whose token; absent: one's own. */
  readonly userId?: string;
  /** The name that others see; absent: that in the meeting. */
  readonly userName?: string;
}
export interface LivekitToken {
  readonly token: string;
  readonly userId: string;
  readonly userName: string;
  readonly isHost: boolean;
  readonly url: string;
}

/** A token with which somebody who is in the meeting may enter its room on the LiveKit server. Changes nothing. */
export class IssueLivekitToken extends Query<LivekitToken> {
  constructor(
    readonly request: TokenRequest,
    readonly principal: Principal,
  ) {
    super();
  }
}

/**
 * The name in the meeting of whoever may have a token. The host needs no seat for their own.
 * @throws DomainError INSUFFICIENT_PERMISSION, NOT_IN_MEETING, PARTICIPANT_NOT_FOUND
 */
const entitled = (meeting: MeetingState, userId: string, principal: Principal): string => {
  const own = userId === principal.userId;
  if (!own && !moderates(meeting, principal)) throw new DomainError('INSUFFICIENT_PERMISSION');
  const name = ownEntry(meeting.roster, userId)?.displayName;
  if (name !== undefined) return name;
  if (own && userId === meeting.hostUserId) return principal.name;
  throw own
    ? new DomainError('NOT_IN_MEETING')
    : new DomainError('PARTICIPANT_NOT_FOUND', { user_id: userId });
};

/**
 * The room on the LiveKit server: the meeting's id; for who is in a breakout room that room's, with the meeting's before it,
 * so that there, too, those of one room see and hear only each other. Whoever moves asks for another token.
 */
const livekitRoom = (meeting: MeetingState, userId: string): string => {
  const breakoutRoomId = ownEntry(meeting.roster, userId)?.breakoutRoomId;
  return breakoutRoomId === undefined ? meeting.meetingId : `${meeting.meetingId}.${breakoutRoomId}`;
};

@QueryHandler(IssueLivekitToken)
export class IssueLivekitTokenHandler implements IQueryHandler<IssueLivekitToken> {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly aggregates: Aggregates,
  ) {}

  /** @throws DomainError as `activeMeeting` and `entitled`; LIVEKIT_TOKEN_ERROR where there is no LiveKit */
  async execute({ request, principal }: IssueLivekitToken): Promise<LivekitToken> {
    const { meetingId, userId = principal.userId } = request;
    const meeting = await activeMeeting(this.aggregates, meetingId);
    const userName = entitled(meeting, userId, principal);
    const { livekit } = this.config;
    if (!livekit) {
      throw new DomainError('LIVEKIT_TOKEN_ERROR', {
        settings: ['PARLEY_LIVEKIT_URL', 'PARLEY_LIVEKIT_API_KEY', 'PARLEY_LIVEKIT_API_SECRET'],
      });
    }
    const name = request.userName ?? userName;
    // Tens of megabytes, which only a server with a LiveKit needs.
    const { AccessToken, TrackSource } = await import('livekit-server-sdk');
    const token = new AccessToken(livekit.apiKey, livekit.apiSecret, {
      identity: userId,
      name,
      ttl: VALID_FOR,
      metadata: JSON.stringify({ role: roleOf(meeting, userId) }),
    });
    token.addGrant(livekitGrants(livekitRoom(meeting, userId), permissionsOf(meeting, userId), TrackSource));
    return {
      token: await token.toJwt(),
      userId,
      userName: name,
      isHost: userId === meeting.hostUserId,
      url: livekit.url,
    };
  }
}

import type { HttpTransport, RequestOptions } from './http-transport.js';
import type {
  AssignToBreakoutRoom,
  BreakoutPlace,
  ChangedRole,
  ChatHistoryWish,
  ChatMessage,
  CreateBreakoutRooms,
  CreatedMeeting,
  CreateMeeting,
  EndedMeeting,
  JoinedParticipant,
  JoinMeeting,
  LeftMeeting,
  LiveKitToken,
  MeetingStatus,
  OpenBreakoutRoom,
  Participant,
  ParticipantStatus,
  RecordingState,
  RemovedParticipant,
  SecurityPolicy,
  SendChatMessage,
  StartedMeeting,
  WaitingParticipant,
} from './meeting-types.js';

const pathOf = (meetingId: string, path: string): string =>
  `/api/v1/meetings/${encodeURIComponent(meetingId)}/${path}`;

/** The REST API of meetings: a method for each route, which throws a MeetingError where the API refuses. */
export class MeetingApi {
  constructor(protected readonly http: HttpTransport) {}

  /** Creates a meeting whose host one is. */
  createMeeting(meeting: CreateMeeting, options?: RequestOptions): Promise<CreatedMeeting> {
    return this.http.request('POST', '/api/v1/meetings', meeting, options);
  }

  startMeeting(meetingId: string, options?: RequestOptions): Promise<StartedMeeting> {
    return this.post(meetingId, 'start', undefined, options);
  }

  endMeeting(meetingId: string, options?: RequestOptions): Promise<EndedMeeting> {
    return this.post(meetingId, 'end', undefined, options);
  }

  getMeetingStatus(meetingId: string, options?: RequestOptions): Promise<MeetingStatus> {
    return this.get(meetingId, 'status', options);
  }

  /** @throws MeetingError WAITING_ROOM_REQUIRED (status 202): join again once admitted */
  joinMeeting(
    meetingId: string,
    how: JoinMeeting = {},
    options?: RequestOptions,
  ): Promise<JoinedParticipant> {
    return this.post(meetingId, 'join', how, options);
  }

  leaveMeeting(meetingId: string, options?: RequestOptions): Promise<LeftMeeting> {
    return this.post(meetingId, 'leave', undefined, options);
  }

  getParticipants(meetingId: string, options?: RequestOptions): Promise<Participant[]> {
    return this.get(meetingId, 'participants', options);
  }

  /** Changes one's own microphone, camera, screen or hand. */
  updateParticipantStatus(
    meetingId: string,
    status: Partial<ParticipantStatus>,
    options?: RequestOptions,
  ): Promise<ParticipantStatus> {
    return this.put(meetingId, 'participants/status', status, options);
  }

  /** Raises one's hand, or lowers it. */
  raiseHand(meetingId: string, isHandRaised = true, options?: RequestOptions): Promise<ParticipantStatus> {
    return this.updateParticipantStatus(meetingId, { isHandRaised }, options);
  }

  /** As host or co-host: mutes somebody, turns their camera or screen off, or lowers their hand. */
  quietenParticipant(
    meetingId: string,
    userId: string,
    status: Partial<ParticipantStatus>,
    options?: RequestOptions,
  ): Promise<ParticipantStatus> {
    return this.put(meetingId, `participants/${encodeURIComponent(userId)}/status`, status, options);
  }

  /** As host: gives somebody a role; `host` hands the meeting over. */
  changeRole(
    meetingId: string,
    userId: string,
    role: 'host' | 'co-host' | 'attendee' | 'viewer',
    options?: RequestOptions,
  ): Promise<ChangedRole> {
    return this.put(meetingId, `participants/${encodeURIComponent(userId)}/role`, { role }, options);
  }

  /** As host or co-host: sends somebody out. */
  removeParticipant(
    meetingId: string,
    userId: string,
    options?: RequestOptions,
  ): Promise<RemovedParticipant> {
    return this.delete(meetingId, `participants/${encodeURIComponent(userId)}`, options);
  }

  /** As host or co-host: who waits to be admitted. */
  getWaitingRoom(meetingId: string, options?: RequestOptions): Promise<WaitingParticipant[]> {
    return this.get(meetingId, 'waiting-room', options);
  }

  /** As host or co-host: lets one in, or all who wait where no user is named. */
  admitParticipant(meetingId: string, userId?: string, options?: RequestOptions): Promise<unknown> {
    return this.answerWaiting(meetingId, 'admit', userId, options);
  }

  /** As host or co-host: turns one away, or all who wait where no user is named. */
  denyParticipant(meetingId: string, userId?: string, options?: RequestOptions): Promise<unknown> {
    return this.answerWaiting(meetingId, 'deny', userId, options);
  }

  sendChatMessage(
    meetingId: string,
    message: SendChatMessage,
    options?: RequestOptions,
  ): Promise<ChatMessage> {
    return this.post(meetingId, 'chat', message, options);
  }

  /** The newest messages, in the order they were sent. */
  getChatHistory(
    meetingId: string,
    { limit, offset }: ChatHistoryWish = {},
    options?: RequestOptions,
  ): Promise<ChatMessage[]> {
    return this.http.request('GET', pathOf(meetingId, 'chat'), undefined, options, { limit, offset });
  }

  createBreakoutRooms(
    meetingId: string,
    rooms: CreateBreakoutRooms,
    options?: RequestOptions,
  ): Promise<OpenBreakoutRoom[]> {
    return this.post(meetingId, 'breakout-rooms', rooms, options);
  }

  getBreakoutRooms(meetingId: string, options?: RequestOptions): Promise<OpenBreakoutRoom[]> {
    return this.get(meetingId, 'breakout-rooms', options);
  }

  /** All go back to the main room. */
  closeBreakoutRooms(meetingId: string, options?: RequestOptions): Promise<unknown> {
    return this.delete(meetingId, 'breakout-rooms', options);
  }

  assignToBreakoutRoom(
    meetingId: string,
    assignment: AssignToBreakoutRoom,
    options?: RequestOptions,
  ): Promise<BreakoutPlace> {
    return this.post(meetingId, 'breakout-rooms/assign', assignment, options);
  }

  /** Spreads all who are in no breakout room evenly. */
  autoAssignBreakoutRooms(meetingId: string, options?: RequestOptions): Promise<OpenBreakoutRoom[]> {
    return this.post(meetingId, 'breakout-rooms/auto-assign', undefined, options);
  }

  /** Goes to a breakout room of one's choice. */
  joinBreakoutRoom(meetingId: string, roomId: string, options?: RequestOptions): Promise<BreakoutPlace> {
    return this.post(meetingId, `breakout-rooms/${encodeURIComponent(roomId)}/join`, undefined, options);
  }

  /** Goes back to the main room, or, as host or co-host, brings somebody back. */
  returnFromBreakoutRoom(
    meetingId: string,
    whose: { readonly participantUserId?: string } = {},
    options?: RequestOptions,
  ): Promise<BreakoutPlace> {
    return this.post(meetingId, 'breakout-rooms/return', whose, options);
  }

  /** As host or co-host: says something in every room. */
  broadcastToBreakoutRooms(
    meetingId: string,
    content: string,
    options?: RequestOptions,
  ): Promise<ChatMessage> {
    return this.post(meetingId, 'breakout-rooms/broadcast', { content }, options);
  }

  applySecurityPolicy(meetingId: string, policy: SecurityPolicy, options?: RequestOptions): Promise<null> {
    return this.post(meetingId, 'security/policy', policy, options);
  }

  getSecurityPolicy(meetingId: string, options?: RequestOptions): Promise<SecurityPolicy> {
    return this.get(meetingId, 'security/policy', options);
  }

  generateLiveKitToken(
    meetingId: string,
    whose: { readonly userId?: string; readonly userName?: string } = {},
    options?: RequestOptions,
  ): Promise<LiveKitToken> {
    return this.post(meetingId, 'token', whose, options);
  }

  startRecording(meetingId: string, options?: RequestOptions): Promise<RecordingState> {
    return this.post(meetingId, 'recording/start', undefined, options);
  }

  stopRecording(meetingId: string, options?: RequestOptions): Promise<RecordingState> {
    return this.post(meetingId, 'recording/stop', undefined, options);
  }

  private answerWaiting(
    meetingId: string,
    answer: 'admit' | 'deny',
    userId: string | undefined,
    options?: RequestOptions,
  ): Promise<unknown> {
    const who = userId === undefined ? '' : `${encodeURIComponent(userId)}/`;
    return this.post(meetingId, `waiting-room/${who}${answer}`, undefined, options);
  }

  private get<T>(meetingId: string, path: string, options?: RequestOptions): Promise<T> {
    return this.http.request('GET', pathOf(meetingId, path), undefined, options);
  }

  private post<T>(
    meetingId: string,
    path: string,
    body: object | undefined,
    options?: RequestOptions,
  ): Promise<T> {
    return this.http.request('POST', pathOf(meetingId, path), body, options);
  }

  private put<T>(meetingId: string, path: string, body: object, options?: RequestOptions): Promise<T> {
    return this.http.request('PUT', pathOf(meetingId, path), body, options);
  }

  private delete<T>(meetingId: string, path: string, options?: RequestOptions): Promise<T> {
    return this.http.request('DELETE', pathOf(meetingId, path), undefined, options);
  }
}

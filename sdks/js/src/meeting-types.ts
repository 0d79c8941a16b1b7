/** What the API takes and answers, in JavaScript's spelling. Times are ISO 8601 in UTC; absent is what may be left out. */
export type DeviceType = 'desktop' | 'mobile' | 'tablet' | (string & {});
export type Role = 'host' | 'co-host' | 'attendee' | 'viewer' | (string & {});
export type WhoMay = 'all' | 'host' | 'none' | (string & {});

export interface CreateMeeting {
  readonly title: string;
  readonly description?: string | null;
  readonly scheduledStartTime?: string | null;
  readonly scheduledEndTime?: string | null;
  readonly settings?: {
    readonly maxParticipants?: number;
    readonly requirePassword?: boolean;
    readonly password?: string;
    readonly waitingRoomEnabled?: boolean;
    readonly recordingEnabled?: boolean;
    readonly autoRecord?: boolean;
    readonly chatEnabled?: boolean;
    readonly screenShareEnabled?: boolean;
  };
}
export interface CreatedMeeting {
  readonly meetingId: string;
  readonly title: string;
  readonly [field: string]: unknown;
}
export interface StartedMeeting {
  readonly meetingId: string;
  readonly startedBy: string;
  readonly startedAt: string;
}
export interface EndedMeeting {
  readonly meetingId: string;
  readonly endedBy: string;
  readonly endedAt: string;
  readonly durationMinutes: number;
}
export interface MeetingStatus {
  readonly meetingId: string;
  readonly status: 'scheduled' | 'in_progress' | 'ended' | 'cancelled' | (string & {});
  readonly isActive: boolean;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly attendanceCount: number;
  readonly isRecording: boolean;
  readonly activeParticipants: number;
}

export interface JoinMeeting {
  readonly connectionId?: string | null;
  readonly deviceType?: DeviceType | null;
  readonly joinMuted?: boolean;
  readonly joinWithoutVideo?: boolean;
  readonly password?: string | null;
  readonly displayName?: string | null;
}
export interface JoinedParticipant {
  readonly participantId: string;
  readonly meetingId: string;
  readonly userId: string;
  readonly role: Role;
  readonly status: string;
  readonly isMuted: boolean;
  readonly isVideoEnabled: boolean;
  readonly joinedAt: string;
}
export interface LeftMeeting {
  readonly meetingId: string;
  readonly leftAt: string;
  readonly durationMinutes: number;
}
export interface Participant {
  readonly participantId: string;
  readonly userId: string;
  readonly userName: string;
  readonly role: Role;
  readonly status: string;
  readonly isMuted: boolean;
  readonly isVideoEnabled: boolean;
  readonly isScreenSharing: boolean;
  readonly isHandRaised: boolean;
  readonly joinedAt: string;
  readonly deviceType: DeviceType | null;
}
export interface ParticipantStatus {
  readonly isMuted: boolean;
  readonly isVideoEnabled: boolean;
  readonly isScreenSharing: boolean;
  readonly isHandRaised: boolean;
  readonly isInWaitingRoom: boolean;
}
export interface ChangedRole {
  readonly meetingId: string;
  readonly userId: string;
  readonly role: Role;
  readonly hostUserId: string;
}
export interface RemovedParticipant extends LeftMeeting {
  readonly userId: string;
}
export interface WaitingParticipant {
  readonly userId: string;
  readonly userName: string;
  readonly waitingSince: string;
}

export interface SendChatMessage {
  readonly content: string;
  readonly messageType?: 'text' | 'file' | (string & {});
  /** Only this user, and oneself, will see it. */
  readonly recipientId?: string | null;
  readonly fileUrl?: string | null;
  readonly fileName?: string | null;
  readonly fileType?: string | null;
  /** Bytes. */
  readonly fileSize?: number | null;
}
export interface ChatMessage {
  readonly messageId: string;
  readonly senderId: string;
  readonly senderName: string;
  readonly content: string;
  readonly messageType: string;
  readonly isPrivate: boolean;
  readonly recipientId?: string;
  readonly fileUrl?: string;
  readonly fileName?: string;
  readonly fileType?: string | null;
  readonly fileSize?: number | null;
  /** Where it was said; absent: in the main room. */
  readonly breakoutRoomId?: string;
  /** To all rooms at once. */
  readonly isBroadcast?: boolean;
  readonly timestamp: string;
}
export interface ChatHistoryWish {
  readonly limit?: number;
  readonly offset?: number;
}

export interface CreateBreakoutRooms {
  readonly roomCount: number;
  /** The first of them; the others are like any. */
  readonly rooms?: readonly {
    readonly name?: string;
    readonly description?: string | null;
    readonly capacity?: number | null;
    readonly settings?: { readonly allowChat?: boolean; readonly allowScreenShare?: boolean };
  }[];
  readonly autoAssign?: boolean;
  readonly allowParticipantsToChoose?: boolean;
  readonly allowParticipantsToReturn?: boolean;
  readonly timeLimitMinutes?: number | null;
}
export interface BreakoutRoom {
  readonly roomId: string;
  readonly name: string;
  readonly description: string | null;
  readonly capacity: number | null;
}
export interface OpenBreakoutRoom extends BreakoutRoom {
  readonly currentParticipants: number;
  readonly isActive: boolean;
  /** Shown to those in the meeting, where rooms are listed. */
  readonly participants?: readonly {
    readonly participantId: string;
    readonly userId: string;
    readonly userName: string;
  }[];
}
/** Who is where; null is the main room. */
export interface BreakoutPlace {
  readonly participantUserId: string;
  readonly breakoutRoomId: string | null;
}
export interface AssignToBreakoutRoom {
  readonly participantUserId: string;
  readonly breakoutRoomId: string;
  readonly assignmentType?: 'manual' | (string & {});
}

export interface SecurityPolicy {
  readonly requireWaitingRoom?: boolean;
  readonly requirePassword?: boolean;
  readonly password?: string | null;
  readonly allowAnonymousJoin?: boolean;
  readonly maxParticipants?: number;
  readonly allowedDomains?: readonly string[];
  readonly blockedUsers?: readonly string[];
  readonly recordingPermissions?: WhoMay;
  readonly screenSharePermissions?: WhoMay;
  readonly chatPermissions?: WhoMay;
  readonly muteOnEntry?: boolean;
  readonly disableCamera?: boolean;
  readonly lockMeeting?: boolean;
}
export interface LiveKitToken {
  readonly token: string;
  readonly meetingId: string;
  readonly userId: string;
  readonly userName: string;
  readonly isHost: boolean;
  readonly livekitUrl: string;
}
export interface RecordingState {
  readonly recordingId: string;
  readonly meetingId: string;
  readonly processingStatus: string;
}

import type { AnyEvent, MeetingSettings, WebhookEventName } from '#libs/domain';

type Data<Type extends AnyEvent['type']> = Extract<AnyEvent, { type: Type }>['data'];
type Words = Readonly<Record<string, unknown>>;
interface Told<Type extends AnyEvent['type']> {
  readonly name: WebhookEventName;
  /** What a message says of it, in the words of the meetings dialect. What is undefined is left out. */
  readonly words: (data: Data<Type>) => Words;
  /** Which of these events is told of; all when absent. */
  readonly only?: (data: Data<Type>) => boolean;
}

const policyWords = ({ passwordHash, ...settings }: MeetingSettings): Words => ({
  max_participants: settings.maxParticipants,
  waiting_room_enabled: settings.waitingRoomEnabled,
  auto_record: settings.autoRecord,
  recording_permission: settings.recordingPermission,
  screen_share_permission: settings.screenSharePermission,
  chat_permission: settings.chatPermission,
  anonymous_join_allowed: settings.anonymousJoinAllowed,
  allowed_domains: settings.allowedDomains,
  blocked_users: settings.blockedUsers,
  mute_on_entry: settings.muteOnEntry,
  camera_disabled: settings.cameraDisabled,
  locked: settings.locked,
  password_required: passwordHash !== undefined,
});

/** Which events of the log are told of, under which name and in which words. docs/WEBHOOKS.md shows each. */
const TOLD: { readonly [Type in AnyEvent['type']]?: Told<Type> } = {
  MeetingCreated: {
    name: 'meeting.created',
    words: data => ({
      title: data.title,
      description: data.description,
      host_user_id: data.hostUserId,
      scheduled_start_time: data.scheduledStartTime,
      scheduled_end_time: data.scheduledEndTime,
      created_at: data.createdAt,
    }),
  },
  MeetingStarted: {
    name: 'meeting.started',
    words: data => ({ started_by: data.startedBy, started_at: data.startedAt }),
  },
  // How long it was and how many came is added from the meeting's other events.
  MeetingEnded: {
    name: 'meeting.ended',
    words: data => ({ ended_by: data.endedBy, ended_at: data.endedAt }),
  },
  MeetingCancelled: {
    name: 'meeting.cancelled',
    words: data => ({ cancelled_by: data.cancelledBy, cancelled_at: data.cancelledAt }),
  },
  ParticipantWaiting: {
    name: 'participant.waiting',
    words: data => ({
      user_id: data.userId,
      display_name: data.displayName,
      waiting_since: data.waitingSince,
    }),
  },
  ParticipantJoined: {
    name: 'participant.joined',
    words: data => ({ user_id: data.userId, role: data.role, joined_at: data.joinedAt }),
  },
  ParticipantLeft: {
    name: 'participant.left',
    words: data => ({ user_id: data.userId, reason: data.reason, left_at: data.leftAt }),
  },
  ParticipantRoleChanged: {
    name: 'participant.role_changed',
    words: data => ({
      user_id: data.userId,
      role: data.role,
      changed_by: data.changedBy,
      changed_at: data.changedAt,
    }),
  },
  MeetingRecordingStarted: {
    name: 'recording.started',
    words: data => ({
      recording_id: data.recordingId,
      started_by: data.startedBy,
      started_at: data.startedAt,
    }),
  },
  MeetingRecordingStopped: {
    name: 'recording.stopped',
    words: data => ({
      recording_id: data.recordingId,
      stopped_by: data.stoppedBy,
      stopped_at: data.stoppedAt,
    }),
  },
  RecordingCompleted: {
    name: 'recording.completed',
    words: data => ({
      recording_id: data.recordingId,
      duration_seconds: data.durationSeconds,
      file_size_bytes: data.fileSizeBytes,
      width: data.width,
      height: data.height,
      completed_at: data.completedAt,
    }),
  },
  RecordingFailed: {
    name: 'recording.failed',
    words: data => ({ recording_id: data.recordingId, reason: data.reason, failed_at: data.failedAt }),
  },
  ChatMessageSent: {
    name: 'chat.message',
    // What was said to one, or in a breakout room, is not for everybody in the meeting.
    only: data => data.recipientId === undefined && data.breakoutRoomId === undefined,
    words: data => ({
      message_id: data.messageId,
      sender_id: data.senderId,
      sender_name: data.senderName,
      content: data.content,
      message_type: data.messageType,
      reply_to: data.replyTo,
      file: data.file,
      is_broadcast: data.isBroadcast,
      sent_at: data.sentAt,
    }),
  },
  BreakoutRoomsOpened: {
    name: 'breakout_rooms.opened',
    words: data => ({
      rooms: data.rooms.map(({ roomId, name, description, capacity }) => ({
        room_id: roomId,
        name,
        description,
        capacity,
      })),
      closes_at: data.closesAt,
      opened_by: data.openedBy,
      opened_at: data.openedAt,
    }),
  },
  BreakoutRoomsClosed: {
    name: 'breakout_rooms.closed',
    words: data => ({ reason: data.reason, closed_by: data.closedBy, closed_at: data.closedAt }),
  },
  SecurityPolicyApplied: {
    name: 'security_policy.applied',
    words: data => ({
      policy: policyWords(data.settings),
      applied_by: data.appliedBy,
      applied_at: data.appliedAt,
    }),
  },
};

/** Types of events that may be told of. */
export const TOLD_TYPES: readonly string[] = Object.keys(TOLD);

const toldOf = (event: AnyEvent): Told<AnyEvent['type']> | undefined =>
  Object.hasOwn(TOLD, event.type) ? (TOLD[event.type] as Told<AnyEvent['type']> | undefined) : undefined;

/** What webhooks call an event; undefined when it is not told of. */
export const webhookName = (event: AnyEvent): WebhookEventName | undefined => {
  const told = toldOf(event);
  if (told === undefined || told.only?.(event.data) === false) return undefined;
  return told.name;
};

/** What a message says of an event, in the words of the meetings dialect. */
export const webhookWords = (event: AnyEvent): Words => toldOf(event)?.words(event.data) ?? {};

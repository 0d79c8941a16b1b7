import type { AnyEvent } from '../any-event.js';
import type { LeaveReason } from '../meeting/meeting-events.js';
import { type Names, oneLine, sourceName } from './names.js';

type Described<Type extends AnyEvent['type']> = Extract<AnyEvent, { type: Type }> & {
  /** User id of who caused it, where the event was read from a log. */
  readonly userId?: string;
};
type Sentences = { readonly [Type in AnyEvent['type']]: (event: Described<Type>, names: Names) => string };

const LEFT: Readonly<Record<LeaveReason, string>> = {
  left: 'left',
  disconnected: 'left: the connection was lost',
  removed: 'was removed',
  'meeting-ended': 'left: the meeting ended',
};

type StatusEvent = Extract<AnyEvent, { data: { by: string } }>;
/** What a participant did, or what a moderator did to them. */
const status =
  (own: string, byAnother: (name: string) => string) =>
  ({ data: { participantId, by } }: StatusEvent, names: Names): string => {
    const name = names.participant(participantId);
    const owner = names.owner(participantId);
    return owner === undefined || owner === by ? `${name} ${own}` : `${names.user(by)} ${byAnother(name)}`;
  };

const article = (noun: string): string => (/^[aeiou]/u.test(noun) ? `an ${noun}` : `a ${noun}`);
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

const SENTENCES: Sentences = {
  MeetingCreated: ({ data }, names) =>
    `${names.user(data.hostUserId)} created the meeting “${oneLine(data.title)}”`,
  MeetingStarted: ({ data }, names) => `${names.user(data.startedBy)} started the meeting`,
  MeetingEnded: ({ data }, names) => `${names.user(data.endedBy)} ended the meeting`,
  MeetingCancelled: ({ data }, names) => `${names.user(data.cancelledBy)} cancelled the meeting`,
  SecurityPolicyApplied: ({ data }, names) => `${names.user(data.appliedBy)} changed what is allowed`,
  HostChanged: ({ data }, names) =>
    `${names.user(data.changedBy)} made ${names.user(data.hostUserId)} the host`,
  ParticipantStoppedWaiting: ({ data }, names) => `${names.user(data.userId)} waits no more`,
  BreakoutRoomsOpened: ({ data }, names) =>
    `${names.user(data.openedBy)} opened ${data.rooms.length} breakout room${data.rooms.length === 1 ? '' : 's'}` +
    (data.timeLimitMinutes === undefined ? '' : ` for ${data.timeLimitMinutes} min`),
  BreakoutRoomAssigned: ({ data }, names) => {
    const room = names.breakoutRoom(data.roomId);
    const name = names.participant(data.participantId);
    return data.assignmentType === 'self'
      ? `${name} went to ${room}`
      : `${names.user(data.assignedBy)} assigned ${name} to ${room}`;
  },
  BreakoutRoomLeft: ({ data }, names) => {
    const name = names.participant(data.participantId);
    const room = names.breakoutRoom(data.roomId);
    return data.leftBy === data.userId
      ? `${name} came back from ${room}`
      : `${names.user(data.leftBy)} brought ${name} back from ${room}`;
  },
  BreakoutRoomsCloseAnnounced: () => 'The breakout rooms close soon',
  BreakoutRoomsClosed: ({ data }, names) =>
    data.reason === 'closed'
      ? `${names.user(data.closedBy)} closed the breakout rooms`
      : `The breakout rooms closed: ${data.reason === 'time-limit' ? 'their time was over' : 'the meeting ended'}`,
  ParticipantWaiting: ({ data }, names) => `${names.user(data.userId)} waits to be admitted`,
  ParticipantAdmitted: ({ data }, names) =>
    `${names.user(data.admittedBy)} admitted ${names.user(data.userId)}`,
  ParticipantDenied: ({ data }, names) =>
    `${names.user(data.deniedBy)} did not admit ${names.user(data.userId)}`,
  ParticipantJoined: ({ data }, names) => `${names.participant(data.participantId)} joined as ${data.role}`,
  ParticipantLeft: ({ data, userId }, names) => {
    const name = names.participant(data.participantId);
    return data.reason === 'removed' && userId !== undefined
      ? `${names.user(userId)} removed ${name}`
      : `${name} ${LEFT[data.reason]}`;
  },
  ParticipantRoleChanged: ({ data }, names) =>
    `${names.user(data.changedBy)} made ${names.participant(data.participantId)} ${article(data.role)}`,
  MediaPlaced: ({ data }) =>
    data.replaces === undefined
      ? `Media placed on worker ${data.mediaWorkerId}`
      : `Media moved from worker ${data.replaces} to worker ${data.mediaWorkerId}`,
  MeetingRecordingStarted: ({ data }, names) => `Recording started by ${names.user(data.startedBy)}`,
  MeetingRecordingStopped: ({ data }, names) => `Recording stopped by ${names.user(data.stoppedBy)}`,

  ParticipantSeated: ({ data }, names) =>
    `${names.participant(data.participantId)} comes with ${data.deviceType === 'other' ? 'a device' : article(data.deviceType)}, ` +
    `microphone ${data.isMuted ? 'off' : 'on'}, camera ${data.isVideoOn ? 'on' : 'off'}`,
  ParticipantConnected: ({ data }, names) => `${names.participant(data.participantId)} connected`,
  ParticipantDisconnected: ({ data }, names) => `${names.participant(data.participantId)} disconnected`,
  AudioMuted: status('muted the microphone', name => `muted ${name}`),
  AudioUnmuted: status('unmuted the microphone', name => `unmuted ${name}`),
  VideoTurnedOn: status('turned the camera on', name => `turned the camera of ${name} on`),
  VideoTurnedOff: status('turned the camera off', name => `turned the camera of ${name} off`),
  ScreenShareStarted: status('shares the screen', name => `shares the screen of ${name}`),
  ScreenShareStopped: status('stopped sharing the screen', name => `stopped the screen sharing of ${name}`),
  HandRaised: status('raised a hand', name => `raised the hand of ${name}`),
  HandLowered: status('lowered the hand', name => `lowered the hand of ${name}`),
  ProducerOpened: ({ data }, names) =>
    `${names.participant(data.participantId)} sends ${sourceName(data.source)} (${data.kind})`,
  ProducerClosed: ({ data }, names) =>
    `${names.participant(data.participantId)} sends ${names.producer(data.producerId)} no more`,
  ReactionSent: ({ data }, names) =>
    `${names.participant(data.participantId)} reacted with ${oneLine(data.reactionType)}`,
  ParticipantSpoke: ({ data }, names) =>
    `${names.participant(data.participantId)} spoke for ${data.seconds.toFixed(1)} s`,

  ChatMessageSent: ({ data }, names) => {
    const room = data.breakoutRoomId === undefined ? '' : ` in ${names.breakoutRoom(data.breakoutRoomId)}`;
    const publicly = data.isBroadcast ? ' to all rooms' : room;
    const to = data.recipientId === undefined ? publicly : ` to ${names.user(data.recipientId)} (private)`;
    const file = data.file === undefined ? '' : `[${oneLine(data.file.name)}]`;
    return `${oneLine(data.senderName)}${to}: ${[file, oneLine(data.content)].filter(Boolean).join(' ')}`;
  },

  RecordingCreated: ({ data }) => `Recording ${data.recordingId} of “${oneLine(data.title)}” created`,
  CaptureStarted: ({ data }) =>
    `Recorder ${data.recorderId} captures${data.attempt > 1 ? ` (attempt ${data.attempt})` : ''}`,
  TrackAdded: ({ data: { track } }, names) =>
    `Recording takes in ${names.participant(track.participantId)}: ${sourceName(track.source)} (${track.mimeType})`,
  RecordingStopped: () => 'Recording is being processed',
  CompositionProgressed: ({ data }) => `Recording processed to ${data.percent} %`,
  RecordingCompleted: ({ data }) =>
    `Recording ready: ${data.durationSeconds.toFixed(1)} s, ${data.width}×${data.height}, ${megabytes(data.fileSizeBytes)}`,
  RecordingFailed: ({ data }) => `Recording failed: ${oneLine(data.reason)}`,

  RoomOpened: ({ data }, names) => `${names.user(data.openedBy)} opened the room “${data.name}”`,
  WebhookEndpointCreated: ({ data }, names) =>
    `${names.user(data.createdBy)} created a webhook endpoint at ${oneLine(data.host)}`,
  WebhookEndpointChanged: ({ data }, names) =>
    `${names.user(data.changedBy)} changed the webhook endpoint at ${oneLine(data.host)}`,
  WebhookSecretRotated: ({ data }, names) =>
    `${names.user(data.rotatedBy)} replaced the secret of webhook endpoint ${data.endpointId}`,
  WebhookEndpointDisabled: ({ data }, names) =>
    data.reason === 'by-admin'
      ? `${names.user(data.disabledBy)} disabled webhook endpoint ${data.endpointId}`
      : `Webhook endpoint ${data.endpointId} was disabled: ${data.reason === 'gone' ? 'it is gone' : 'it kept failing'}`,
  WebhookEndpointEnabled: ({ data }, names) =>
    `${names.user(data.enabledBy)} enabled webhook endpoint ${data.endpointId}`,
  WebhookEndpointRemoved: ({ data }, names) =>
    `${names.user(data.removedBy)} removed webhook endpoint ${data.endpointId}`,
  UserErased: ({ data }, names) => `The personal data of ${names.user(data.userId)} were erased`,
};

/** One readable line. A type that this version does not know is named as it is. */
export const describeEvent = (event: AnyEvent & { readonly userId?: string }, names: Names): string => {
  if (!Object.hasOwn(SENTENCES, event.type)) return oneLine(event.type);
  // The table's own type holds each sentence to its event; looking one up by the event's type loses that connection.
  const sentence = SENTENCES[event.type] as (event: AnyEvent, names: Names) => string;
  return sentence(event, names);
};

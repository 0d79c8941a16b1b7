import type { AnyEvent } from '#libs/domain';

/** What events are about, to sort them by. */
export const EVENT_KINDS = [
  'meeting',
  'people',
  'devices',
  'breakout',
  'speech',
  'chat',
  'recording',
  'media',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

export const KIND_NAMES: Readonly<Record<EventKind, string>> = {
  meeting: 'Meeting',
  people: 'People',
  devices: 'Mutes, cameras, hands, reactions',
  breakout: 'Breakout rooms',
  speech: 'Speech',
  chat: 'Chat',
  recording: 'Recording',
  media: 'Media',
};

const KIND_OF: Readonly<Record<AnyEvent['type'], EventKind>> = {
  MeetingCreated: 'meeting',
  MeetingStarted: 'meeting',
  MeetingEnded: 'meeting',
  MeetingCancelled: 'meeting',
  SecurityPolicyApplied: 'meeting',
  HostChanged: 'meeting',
  RoomOpened: 'meeting',
  UserErased: 'meeting',
  WebhookEndpointCreated: 'meeting',
  WebhookEndpointChanged: 'meeting',
  WebhookSecretRotated: 'meeting',
  WebhookEndpointDisabled: 'meeting',
  WebhookEndpointEnabled: 'meeting',
  WebhookEndpointRemoved: 'meeting',
  ParticipantWaiting: 'people',
  ParticipantAdmitted: 'people',
  ParticipantDenied: 'people',
  ParticipantStoppedWaiting: 'people',
  ParticipantJoined: 'people',
  ParticipantLeft: 'people',
  ParticipantRoleChanged: 'people',
  ParticipantSeated: 'people',
  ParticipantConnected: 'people',
  ParticipantDisconnected: 'people',
  AudioMuted: 'devices',
  AudioUnmuted: 'devices',
  VideoTurnedOn: 'devices',
  VideoTurnedOff: 'devices',
  ScreenShareStarted: 'devices',
  ScreenShareStopped: 'devices',
  HandRaised: 'devices',
  HandLowered: 'devices',
  ReactionSent: 'devices',
  BreakoutRoomsOpened: 'breakout',
  BreakoutRoomAssigned: 'breakout',
  BreakoutRoomLeft: 'breakout',
  BreakoutRoomsCloseAnnounced: 'breakout',
  BreakoutRoomsClosed: 'breakout',
  ParticipantSpoke: 'speech',
  ChatMessageSent: 'chat',
  MeetingRecordingStarted: 'recording',
  MeetingRecordingStopped: 'recording',
  RecordingCreated: 'recording',
  CaptureStarted: 'recording',
  TrackAdded: 'recording',
  RecordingStopped: 'recording',
  CompositionProgressed: 'recording',
  RecordingCompleted: 'recording',
  RecordingFailed: 'recording',
  MediaPlaced: 'media',
  ProducerOpened: 'media',
  ProducerClosed: 'media',
};

/** A type that this page does not know yet counts as being about the meeting. */
export const kindOf = ({ type }: Pick<AnyEvent, 'type'>): EventKind =>
  Object.hasOwn(KIND_OF, type) ? KIND_OF[type] : 'meeting';

/** Whether something went wrong: a worker or a recorder was replaced, a recording failed, a connection was lost. */
export const isIncident = (event: AnyEvent): boolean => {
  switch (event.type) {
    case 'MediaPlaced':
      return event.data.replaces !== undefined;
    case 'CaptureStarted':
      return event.data.attempt > 1;
    case 'ParticipantLeft':
      return event.data.reason === 'disconnected';
    case 'RecordingFailed':
      return true;
    default:
      return false;
  }
};

import type { AnyEvent } from '../any-event.js';
import type { ChatMessage } from '../chat/chat.js';
import { Meeting } from '../meeting/meeting.js';
import type { MeetingState } from '../meeting/meeting-state.js';
import { ownEntry } from '../own-entry.js';
import { Participant } from '../participant/participant.js';
import type { ParticipantEvent } from '../participant/participant-events.js';
import type { ParticipantState, Producer } from '../participant/participant-state.js';
import { Recording, type RecordingState } from '../recording/recording.js';
import type { RecordingEvent } from '../recording/recording-events.js';

/** Everything about one meeting that its streams tell, folded by the aggregates' own rules. */
export interface MeetingFold {
  meeting: MeetingState;
  /** By participant id, in the order of their seats; those who left are still among them. */
  readonly participants: Map<string, ParticipantState>;
  readonly recordings: Map<string, RecordingState>;
  readonly messages: ChatMessage[];
}

export const emptyFold = (): MeetingFold => ({
  meeting: Meeting.initial,
  participants: new Map(),
  recordings: new Map(),
  messages: [],
});

const foldParticipant = ({ participants }: MeetingFold, event: ParticipantEvent): void => {
  const { participantId } = event.data;
  participants.set(
    participantId,
    Participant.evolve(participants.get(participantId) ?? Participant.initial, event),
  );
};
const foldRecording = ({ recordings }: MeetingFold, event: RecordingEvent): void => {
  const { recordingId } = event.data;
  recordings.set(recordingId, Recording.evolve(recordings.get(recordingId) ?? Recording.initial, event));
};

/** Takes the next event, in log order. Types that this version does not know change nothing. */
export const foldEvent = (fold: MeetingFold, event: AnyEvent): void => {
  switch (event.type) {
    case 'MeetingCreated':
    case 'MeetingStarted':
    case 'MeetingEnded':
    case 'MeetingCancelled':
    case 'SecurityPolicyApplied':
    case 'ParticipantWaiting':
    case 'ParticipantAdmitted':
    case 'ParticipantDenied':
    case 'ParticipantStoppedWaiting':
    case 'ParticipantJoined':
    case 'ParticipantLeft':
    case 'ParticipantRoleChanged':
    case 'HostChanged':
    case 'BreakoutRoomsOpened':
    case 'BreakoutRoomAssigned':
    case 'BreakoutRoomLeft':
    case 'BreakoutRoomsCloseAnnounced':
    case 'BreakoutRoomsClosed':
    case 'MediaPlaced':
    case 'MeetingRecordingStarted':
    case 'MeetingRecordingStopped':
      fold.meeting = Meeting.evolve(fold.meeting, event);
      return;
    case 'ParticipantSeated':
    case 'ParticipantConnected':
    case 'ParticipantDisconnected':
    case 'AudioMuted':
    case 'AudioUnmuted':
    case 'VideoTurnedOn':
    case 'VideoTurnedOff':
    case 'ScreenShareStarted':
    case 'ScreenShareStopped':
    case 'HandRaised':
    case 'HandLowered':
    case 'ProducerOpened':
    case 'ProducerClosed':
      foldParticipant(fold, event);
      return;
    case 'ChatMessageSent':
      fold.messages.push(event.data);
      return;
    case 'RecordingCreated':
    case 'CaptureStarted':
    case 'TrackAdded':
    case 'RecordingStopped':
    case 'CompositionProgressed':
    case 'RecordingCompleted':
    case 'RecordingFailed':
      foldRecording(fold, event);
      return;
    case 'RoomOpened':
    case 'UserErased':
    case 'ParticipantSpoke':
    case 'ReactionSent':
    case 'WebhookEndpointCreated':
    case 'WebhookEndpointChanged':
    case 'WebhookSecretRotated':
    case 'WebhookEndpointDisabled':
    case 'WebhookEndpointEnabled':
    case 'WebhookEndpointRemoved':
      return;
    default:
      event satisfies never;
  }
};

/** Whether this seat is still taken: the user may have left, or come back to another one. */
export const isPresent = ({ meeting }: MeetingFold, { userId, participantId }: Seated): boolean =>
  ownEntry(meeting.roster, userId)?.participantId === participantId;
interface Seated {
  readonly userId: string;
  readonly participantId: string;
}

/** The producers that run on the worker where the meeting's media is now; those on an earlier worker are gone. */
export const liveProducers = (
  { meeting, participants }: MeetingFold,
  participantId: string,
): readonly Producer[] =>
  Object.values(participants.get(participantId)?.producers ?? {}).filter(
    producer => producer.mediaWorkerId === meeting.mediaWorkerId,
  );

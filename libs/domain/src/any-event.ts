import type { ChatEvent } from './chat/chat.js';
import type { MeetingEvent } from './meeting/meeting-events.js';
import type { ParticipantEvent } from './participant/participant-events.js';
import type { RecordingEvent } from './recording/recording-events.js';
import type { RoomEvent } from './room/room.js';
import type { UserEvent } from './user/user.js';
import type { WebhookEvent } from './webhook/webhook-events.js';

/** Every event that Parley's log can hold. */
export type AnyEvent =
  MeetingEvent | ParticipantEvent | ChatEvent | RecordingEvent | RoomEvent | UserEvent | WebhookEvent;

import type { ChatEvent } from './chat/chat.js';
import type { MeetingEvent } from './meeting/meeting-events.js';
import type { ParticipantEvent } from './participant/participant-events.js';
import type { RecordingEvent } from './recording/recording-events.js';
import type { RoomOpened } from './room/room.js';
import type { UserErased } from './user/user.js';

/** Every event that Parley's log can hold. */
export type AnyEvent = MeetingEvent | ParticipantEvent | ChatEvent | RecordingEvent | RoomOpened | UserErased;

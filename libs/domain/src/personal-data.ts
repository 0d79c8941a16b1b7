import type { AnyEvent } from './any-event.js';

export interface PersonalData {
  /** Field of the event's data that holds the id of the user whose data they are. */
  readonly of: string;
  /** Fields that hold a text of that user; with a dot where they lie in an object. */
  readonly texts: readonly string[];
}

/**
 * Which parts of events are personal data, and whose. The log keeps them encrypted under a key of that user's, so that
 * destroying the key erases them everywhere. Ids, titles of meetings and names of rooms are not among them.
 */
export const PERSONAL_DATA: { readonly [Type in AnyEvent['type']]?: PersonalData } = {
  MeetingCreated: { of: 'hostUserId', texts: ['hostName'] },
  HostChanged: { of: 'hostUserId', texts: ['hostName'] },
  ParticipantWaiting: { of: 'userId', texts: ['displayName'] },
  ParticipantJoined: { of: 'userId', texts: ['displayName', 'email'] },
  ChatMessageSent: { of: 'senderId', texts: ['senderName', 'content', 'file.name', 'file.url'] },
};

/** What stands where a personal text stood whose key was destroyed. */
export const ERASED = '[erased]';

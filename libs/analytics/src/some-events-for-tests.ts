import { EVENT_CATALOGUE } from '#libs/domain';
import type { NewEvent } from '#libs/event-log';

export type PlacedEvent = NewEvent & { readonly stream: string };

/** For tests: one event of each type, and a private message that must not leave the log. */
export const someEvents = (): PlacedEvent[] => {
  const { participantId } = EVENT_CATALOGUE.ParticipantJoined.example.data as { participantId: string };
  const events = Object.values(EVENT_CATALOGUE).map(({ example }, index): PlacedEvent => {
    const { position: _position, revision: _revision, ...event } = example;
    const time = new Date(Date.UTC(2026, 10, 22, 10) + index * 1000).toISOString();
    const metadata = { ...event.metadata, userId: 'ada' };
    const about = { ...event, time, metadata };
    if (event.type === 'ParticipantDenied') return { ...about, data: { ...event.data, userId: 'mallory' } };
    if (event.type === 'MeetingCreated') {
      const settings = { ...event.data.settings, passwordHash: 'scrypt$secret' };
      return { ...about, data: { ...event.data, settings } };
    }
    // By the only one of the examples who joined: a meeting's streams are those of the seats that its log names.
    if (event.type === 'ReactionSent')
      return { ...about, stream: `participant-${participantId}`, data: { ...event.data, participantId } };
    if (event.type === 'ChatMessageSent') {
      const { recipientId: _recipient, ...toAll } = event.data;
      return { ...about, data: toAll };
    }
    return about;
  });
  const message = events.find(({ type }) => type === 'ChatMessageSent')!;
  const data = { ...(message.data as object), content: 'a whisper', recipientId: 'grace' };
  return [...events, { ...message, id: 'private', data }];
};

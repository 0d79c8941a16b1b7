const PREFIX = 'msg_';

/** What a receiver tells repeats by: the same for all attempts to deliver an event, to whichever endpoint. */
export const webhookId = (eventId: string): string => PREFIX + eventId;

/** The id of the event that such an id stands for; undefined for what is none. */
export const eventIdOf = (id: string): string | undefined =>
  id.startsWith(PREFIX) ? id.slice(PREFIX.length) : undefined;

import type { NewEvent } from '#libs/event-log';
import { monotonicFactory } from 'ulid';

/** Ids that cost nothing beside what is measured. */
const newId = monotonicFactory(Math.random);

/** A chat message as the domain writes it: about 300 bytes of JSON. */
export function chatEvent(): NewEvent {
  return {
    id: newId(),
    type: 'ChatMessageSent',
    version: 1,
    time: '2026-11-02T10:00:00.000Z',
    data: {
      messageId: '01K8ZQ4T7M3V9B2N6C5X1D0FGH',
      participantId: '01K8ZQ4T7M3V9B2N6C5X1D0FGJ',
      displayName: 'Ada Lovelace',
      text: 'Shall we look at the second slide again?',
      to: null,
    },
    metadata: {
      correlationId: '01K8ZQ4T7M3V9B2N6C5X1D0FGK',
      causationId: '01K8ZQ4T7M3V9B2N6C5X1D0FGM',
      userId: 'user-4711',
    },
  };
}

/** `participantId` as `participant_id`, `ChatMessageSent` as `chat_message_sent`: how SQL spells names. */
export const snakeCase = (name: string): string =>
  name.replace(/(?<=[a-z0-9])[A-Z]/g, letter => `_${letter}`).toLowerCase();

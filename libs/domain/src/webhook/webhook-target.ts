import { DomainError } from '../domain-error.js';
import { WEBHOOK_EVENT_NAMES } from './webhook-event-names.js';
import type { WebhookTarget } from './webhook-events.js';

export const MAX_WEBHOOK_URL_LENGTH = 2048;
export const MAX_WEBHOOK_DESCRIPTION_LENGTH = 200;

const refuse = (field: string, reason: string): never => {
  throw new DomainError('VALIDATION_FAILED', { [field]: reason }, `The request is not valid: ${reason}`);
};

/** The address as it is called, without what a receiver never sees. @throws DomainError VALIDATION_FAILED naming `url` */
const readUrl = (text: string): URL => {
  if (text.length > MAX_WEBHOOK_URL_LENGTH)
    refuse('url', `url must have at most ${MAX_WEBHOOK_URL_LENGTH} characters`);
  const url = URL.canParse(text)
    ? new URL(text)
    : refuse('url', 'url must be an address such as https://hooks.example.org/parley');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') refuse('url', 'url must begin with https://');
  if (url.username !== '' || url.password !== '')
    refuse('url', 'url must hold no user name or password; messages are signed, so check their signature');
  url.hash = '';
  return url;
};

/**
 * What is sent where, each thing once and in the order of the table.
 * @throws DomainError VALIDATION_FAILED naming the field
 */
export const webhookTarget = (
  url: string,
  events: readonly string[],
  description: string | undefined,
): WebhookTarget => {
  const { href, host } = readUrl(url);
  const unknown = events.find(name => !(WEBHOOK_EVENT_NAMES as readonly string[]).includes(name));
  if (unknown !== undefined)
    refuse(
      'events',
      `events must be of these: ${WEBHOOK_EVENT_NAMES.join(', ')}; none: all but chat.message`,
    );
  if (description !== undefined && description.length > MAX_WEBHOOK_DESCRIPTION_LENGTH)
    refuse('description', `description must have at most ${MAX_WEBHOOK_DESCRIPTION_LENGTH} characters`);
  return {
    url: href,
    host,
    events: WEBHOOK_EVENT_NAMES.filter(name => events.includes(name)),
    ...(description && { description }),
  };
};

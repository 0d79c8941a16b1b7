import { DomainError } from '../domain-error.js';
import type { MeetingSettings } from './meeting-events.js';
import { DEFAULT_SETTINGS } from './meeting-state.js';

/** Entries in each of a meeting's lists: with more, its events would become too large. */
export const MAX_LISTED = 1_000;
/** Characters in one entry of a list: as many as a domain name or an e-mail address can have. */
const MAX_ENTRY_LENGTH = 255;
const KEYS = [...Object.keys(DEFAULT_SETTINGS), 'passwordHash'] as (keyof MeetingSettings)[];

const wrong = (field: string, says: string): never => {
  throw new DomainError('VALIDATION_FAILED', { [field]: says });
};

const listed = (field: string, entries: readonly string[]): readonly string[] => {
  if (entries.length > MAX_LISTED) wrong(field, `must have at most ${MAX_LISTED} entries`);
  entries.forEach((entry, index) => {
    if (entry.length < 1 || entry.length > MAX_ENTRY_LENGTH)
      wrong(`${field}.${index}`, `must be 1 to ${MAX_ENTRY_LENGTH} characters`);
  });
  return [...new Set(entries)];
};

/**
 * The settings as they are kept: each known one and no other, nothing listed twice, domains in lower case.
 * @throws DomainError VALIDATION_FAILED for settings that nobody could meet under, such as a host who is blocked.
 */
export const checkedSettings = (settings: MeetingSettings, hostUserId: string): MeetingSettings => {
  // Anything else would compare as "never full", or make a meeting that nobody can enter.
  if (!Number.isSafeInteger(settings.maxParticipants) || settings.maxParticipants < 1)
    wrong('max_participants', 'must be a whole number from 1');
  const blockedUsers = listed('blocked_users', settings.blockedUsers);
  if (blockedUsers.includes(hostUserId)) wrong('blocked_users', 'must not name the host');
  const allowedDomains = listed(
    'allowed_domains',
    settings.allowedDomains.map(domain => domain.trim().toLowerCase()),
  );
  const known = KEYS.flatMap(key => (settings[key] === undefined ? [] : [[key, settings[key]] as const]));
  return { ...(Object.fromEntries(known) as unknown as MeetingSettings), allowedDomains, blockedUsers };
};

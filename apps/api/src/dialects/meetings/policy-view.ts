import { DomainError, type MeetingSettings } from '#libs/domain';
import type { PolicyChanges } from '../../policies/apply-policy.js';
import type { PolicyBody } from './policy-body.js';

/** The document's names of what is allowed in a meeting. Its password has none: whether there is one is told, never which. */
const FIELDS = {
  require_waiting_room: 'waitingRoomEnabled',
  allow_anonymous_join: 'anonymousJoinAllowed',
  max_participants: 'maxParticipants',
  allowed_domains: 'allowedDomains',
  blocked_users: 'blockedUsers',
  recording_permissions: 'recordingPermission',
  screen_share_permissions: 'screenSharePermission',
  chat_permissions: 'chatPermission',
  mute_on_entry: 'muteOnEntry',
  disable_camera: 'cameraDisabled',
  lock_meeting: 'locked',
} as const satisfies Partial<Record<keyof PolicyBody, keyof MeetingSettings>>;
const NAMES = Object.keys(FIELDS) as (keyof typeof FIELDS)[];

/** The changes that a body asks for. @throws DomainError VALIDATION_FAILED when it asks for none, or for what does not go together */
export const policyChanges = (body: PolicyBody): PolicyChanges => {
  const { require_password: passwordRequired, password } = body;
  const named = NAMES.filter(name => body[name] !== undefined);
  if (named.length === 0 && passwordRequired === undefined && password === undefined) {
    throw new DomainError(
      'VALIDATION_FAILED',
      { body: `must name one of ${['require_password', 'password', ...NAMES].join(', ')}` },
      'The policy names nothing that is to change',
    );
  }
  if (password !== undefined && passwordRequired === false) {
    throw new DomainError('VALIDATION_FAILED', {
      password: 'must not be given when require_password is false',
    });
  }
  return {
    settings: Object.fromEntries(named.map(name => [FIELDS[name], body[name]])),
    ...(passwordRequired !== undefined && { passwordRequired }),
    ...(password !== undefined && { password }),
  };
};

/** What is allowed, as the fields of the document. */
export const policyView = (settings: MeetingSettings): Record<string, unknown> => ({
  ...Object.fromEntries(NAMES.map(name => [name, settings[FIELDS[name]]])),
  require_password: settings.passwordHash !== undefined,
});

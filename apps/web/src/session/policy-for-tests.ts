import type { SecurityPolicy } from './security-policy.js';

export const policy = (changes: Partial<SecurityPolicy> = {}): SecurityPolicy => ({
  lock_meeting: false,
  require_waiting_room: false,
  allow_anonymous_join: true,
  require_password: false,
  max_participants: 100,
  allowed_domains: [],
  blocked_users: [],
  mute_on_entry: false,
  disable_camera: false,
  chat_permissions: 'all',
  screen_share_permissions: 'all',
  recording_permissions: 'host',
  ...changes,
});

/** Who may do something: everybody, host and co-hosts, or nobody. */
export type PolicyPermission = 'all' | 'host' | 'none';

/** What is allowed in a meeting, in the words of the meetings dialect; as much of it as this client shows. */
export interface SecurityPolicy {
  readonly lock_meeting: boolean;
  readonly require_waiting_room: boolean;
  readonly allow_anonymous_join: boolean;
  readonly mute_on_entry: boolean;
  readonly disable_camera: boolean;
  readonly chat_permissions: PolicyPermission;
  readonly screen_share_permissions: PolicyPermission;
  readonly recording_permissions: PolicyPermission;
}

export type PolicyChanges = Partial<SecurityPolicy>;

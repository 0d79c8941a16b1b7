/** Who may do something: everybody, host and co-hosts, or nobody. */
export type PolicyPermission = 'all' | 'host' | 'none';

/** What is allowed in a meeting, in the words of the meetings dialect. */
export interface SecurityPolicy {
  readonly lock_meeting: boolean;
  readonly require_waiting_room: boolean;
  readonly allow_anonymous_join: boolean;
  /** Whether there is a password: which one is never told. */
  readonly require_password: boolean;
  readonly max_participants: number;
  /** Domains of e-mail addresses whose users may join; empty: all. */
  readonly allowed_domains: readonly string[];
  /** Ids of users who may not join. */
  readonly blocked_users: readonly string[];
  readonly mute_on_entry: boolean;
  readonly disable_camera: boolean;
  readonly chat_permissions: PolicyPermission;
  readonly screen_share_permissions: PolicyPermission;
  readonly recording_permissions: PolicyPermission;
}

export type PolicyField = keyof SecurityPolicy;
/** The fields whose values are of one kind. */
export type FieldOf<Kind> = {
  readonly [Field in PolicyField]: SecurityPolicy[Field] extends Kind ? Field : never;
}[PolicyField];
export type ListField = FieldOf<readonly string[]>;

/** What is to be different; all else stays as it is, whoever changed it. */
export type PolicyChanges = Partial<SecurityPolicy> & { readonly password?: string };

/** The limits of the server. */
export const MAX_PARTICIPANTS = 1000;
export const MAX_PASSWORD_LENGTH = 128;

import { explainError } from './explain-error.js';
import type { PolicyChanges, PolicyField, SecurityPolicy } from './security-policy.js';
import { hasCode } from './service-error.js';

/** A change that was asked for and is not answered yet. */
export interface Asked {
  readonly fields: readonly PolicyField[];
  /** What is shown as if it were so already: a switch moves at once. */
  readonly ahead: Partial<SecurityPolicy>;
}

/** The security policy as a moderator sees it. */
export interface PolicyState {
  /** As the server told it last; undefined before it did. */
  readonly policy?: SecurityPolicy;
  readonly asked: readonly Asked[];
  /** Why a field could not be changed, until it is tried again. */
  readonly problems: Readonly<Partial<Record<PolicyField, string>>>;
  /** Why there is no policy to show. */
  readonly failure?: string;
  /** What became of the last change since the dialog was opened. */
  readonly last?: 'saved' | 'refused';
}

export const NO_POLICY: PolicyState = { asked: [], problems: {} };

/** The policy as it is shown: with what was asked for, in that order. */
export const shownPolicy = ({ policy, asked }: PolicyState): SecurityPolicy | undefined =>
  policy && asked.reduce((shown, { ahead }) => ({ ...shown, ...ahead }), policy);

export const opened = (state: PolicyState): PolicyState => {
  const { failure: _failure, last: _last, ...rest } = state;
  return { ...rest, problems: {} };
};

export const wasRead = (state: PolicyState, policy: SecurityPolicy): PolicyState => {
  const { failure: _past, ...rest } = state;
  return { ...rest, policy };
};

/** An older policy is better than none: what is changed in it is looked up anew. */
export const notRead = (state: PolicyState, error: unknown): PolicyState =>
  state.policy ? state : { ...state, failure: explainError(error) };

export const wasAsked = (state: PolicyState, asked: Asked): PolicyState => ({
  ...state,
  asked: [...state.asked, asked],
  problems: Object.fromEntries(
    Object.entries(state.problems).filter(([field]) => !asked.fields.includes(field as PolicyField)),
  ),
});

const withoutAsked = (state: PolicyState, asked: Asked): PolicyState => ({
  ...state,
  asked: state.asked.filter(one => one !== asked),
});

/** @param base the policy that was read for the change, where it was */
export const wasSaved = (
  state: PolicyState,
  asked: Asked,
  changes: PolicyChanges,
  base = state.policy,
): PolicyState => {
  const { password, ...changed } = changes;
  const required = password !== undefined && { require_password: true };
  return {
    ...withoutAsked(state, asked),
    ...(base && { policy: { ...base, ...changed, ...required } }),
    last: 'saved',
  };
};

/** What was shown ahead is taken back: a switch never says what is not so. */
export const wasRefused = (state: PolicyState, asked: Asked, error: unknown): PolicyState => ({
  ...withoutAsked(state, asked),
  problems: { ...state.problems, ...problemsOf(error, asked.fields) },
  last: 'refused',
});

const FIELDS: Readonly<Record<PolicyField, true>> = {
  lock_meeting: true,
  require_waiting_room: true,
  allow_anonymous_join: true,
  require_password: true,
  max_participants: true,
  allowed_domains: true,
  blocked_users: true,
  mute_on_entry: true,
  disable_camera: true,
  chat_permissions: true,
  screen_share_permissions: true,
  recording_permissions: true,
};

/** The field of `max_participants`, `allowed_domains.3` or `password`. */
const fieldOf = (path: string): PolicyField | undefined => {
  const name = path === 'password' ? 'require_password' : (path.split('.')[0] ?? '');
  return Object.hasOwn(FIELDS, name) ? (name as PolicyField) : undefined;
};

/** `max_participants must not be …` stands beside its field: it need not name it. */
const sentence = (says: string): string => {
  const short = says.replace(/^(each (value )?(in|of) )?[a-z]+(_[a-z]+)* (?=must )/, '');
  return `${short.charAt(0).toUpperCase()}${short.slice(1)}${/[.!?]$/.test(short) ? '' : '.'}`;
};

/** What to say beside which field: by the server's word, or else beside those that were to change. */
export const problemsOf = (error: unknown, fields: readonly PolicyField[]): PolicyState['problems'] => {
  const details = hasCode(error, 'VALIDATION_FAILED') ? Object.entries(error.details) : [];
  const named = details.flatMap(([path, says]) => {
    const field = fieldOf(path);
    return field && typeof says === 'string' ? [[field, sentence(says)] as const] : [];
  });
  return Object.fromEntries(
    named.length > 0 ? named : fields.map(field => [field, explainError(error)] as const),
  );
};

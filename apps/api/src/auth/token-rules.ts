import type { Config } from '#libs/config';
import type { Principal } from '#libs/domain';
import type { VerifyOptions } from 'jsonwebtoken';

/** How Parley's own tokens are checked: the algorithm is pinned; issuer and audience are where the settings name them. */
export const tokenRules = (config: Config): VerifyOptions & { algorithms: ['HS256'] } => ({
  algorithms: ['HS256'],
  ...(config.jwtIssuer && { issuer: config.jwtIssuer }),
  ...(config.jwtAudience && { audience: config.jwtAudience }),
});

const LONGEST_ID = 128;
const LONGEST_NAME = 100;
/** Neither in an address nor in a store such an id would stay itself: two users could be one there, or none. */
const NO_ID = /[\p{Cc}\p{Cs}]/u;

/** Who a verified token speaks for: `sub` is the user id; `name`, `email` and `roles` are optional. Undefined when it names nobody. */
export const principalOf = (payload: unknown): Principal | undefined => {
  if (typeof payload !== 'object' || payload === null) return undefined;
  const { sub, name, email, roles } = payload as Record<string, unknown>;
  if (typeof sub !== 'string' || sub === '' || sub.length > LONGEST_ID || sub === 'system') return undefined;
  if (NO_ID.test(sub)) return undefined;
  return {
    userId: sub,
    name: typeof name === 'string' && name.trim() ? name.trim().slice(0, LONGEST_NAME) : sub,
    ...(typeof email === 'string' && email && { email: email.slice(0, 254) }),
    roles: Array.isArray(roles) ? roles.filter(role => typeof role === 'string') : [],
  };
};

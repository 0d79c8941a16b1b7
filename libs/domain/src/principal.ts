/** Who asks for something: taken from a verified token, never from a request's body. */
export interface Principal {
  readonly userId: string;
  readonly name: string;
  readonly email?: string;
  /** System-wide roles, such as `admin`, `analyst` or `guest`. Roles in a meeting are the meeting's own. */
  readonly roles: readonly string[];
}

/** What every command carries: who issued it, and when (ISO 8601, UTC, from the injected clock). */
export interface Issued {
  readonly by: Principal;
  readonly at: string;
}

/** Parley acting by itself: timeouts, media workers' facts, recorders' facts. */
export const SYSTEM: Principal = { userId: 'system', name: 'Parley', roles: ['admin'] };

export const isAdmin = (principal: Principal): boolean => principal.roles.includes('admin');

/** Whoever came in by a name alone. */
export const isGuest = (principal: Principal): boolean => principal.roles.includes('guest');

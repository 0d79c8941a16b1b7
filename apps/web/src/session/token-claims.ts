export interface TokenClaims {
  readonly sub?: string;
  readonly name?: string;
  /** Seconds since 1970. */
  readonly exp?: number;
}

/** Reads a JWT's claims (RFC 7519) without checking it: only the server can, and does. Undefined where it is none. */
export const readTokenClaims = (token: string): TokenClaims | undefined => {
  const payload = token.split('.')[1];
  if (!payload) return undefined;
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), char =>
      char.charCodeAt(0),
    );
    const { sub, name, exp } = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
    return {
      ...(typeof sub === 'string' && { sub }),
      ...(typeof name === 'string' && { name }),
      ...(typeof exp === 'number' && { exp }),
    };
  } catch {
    return undefined;
  }
};

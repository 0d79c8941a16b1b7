import jwt from 'jsonwebtoken';
import { jwtSecret, type Config } from '#libs/config';

/** Who a token speaks for: the claims that the api reads. */
export interface TokenClaims {
  readonly sub: string;
  readonly name: string;
  readonly email?: string;
  readonly roles: readonly string[];
}

/**
 * A JSON Web Token (RFC 7519) that this system's api accepts.
 * @param expiresInSeconds from now
 */
export const signToken = (
  config: Pick<Config, 'jwtSecret' | 'dataDir' | 'jwtIssuer' | 'jwtAudience'>,
  { sub, name, email, roles }: TokenClaims,
  expiresInSeconds: number,
): string =>
  jwt.sign({ name, ...(email !== undefined && { email }), roles }, jwtSecret(config), {
    algorithm: 'HS256',
    subject: sub,
    expiresIn: expiresInSeconds,
    ...(config.jwtIssuer && { issuer: config.jwtIssuer }),
    ...(config.jwtAudience && { audience: config.jwtAudience }),
  });

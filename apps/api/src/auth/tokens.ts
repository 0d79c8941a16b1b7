import { createSecretKey, type KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '#libs/config';
import { DomainError, type Principal } from '#libs/domain';
import jwt from 'jsonwebtoken';
import { CONFIG, SECRET } from '../platform/settings.js';
import { principalOf, tokenRules } from './token-rules.js';

/** Of a text, jsonwebtoken would try for each token whether it is a public key: several times the cost of the signature. */
export const signingKey = (secret: string): KeyObject => createSecretKey(Buffer.from(secret));

/** Signs and checks Parley's own tokens outside HTTP requests; those go through passport with the same rules. */
@Injectable()
export class Tokens {
  private readonly key: KeyObject;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(SECRET) secret: string,
  ) {
    this.key = signingKey(secret);
  }

  /** @throws DomainError INVALID_TOKEN */
  verify(token: unknown): Principal {
    try {
      const payload =
        typeof token === 'string' ? jwt.verify(token, this.key, tokenRules(this.config)) : undefined;
      const principal = principalOf(payload);
      if (principal) return principal;
    } catch (error) {
      if (!(error instanceof jwt.JsonWebTokenError)) throw error;
    }
    throw new DomainError('INVALID_TOKEN');
  }

  /** When a token that was verified expires, in milliseconds since 1970; undefined for one that does not. */
  expiresAt(token: string): number | undefined {
    const { exp } = jwt.decode(token, { json: true }) ?? {};
    return exp === undefined ? undefined : exp * 1000;
  }

  /** A token for this person, valid for so many seconds. */
  sign(principal: Principal, expiresIn: number): string {
    const { jwtIssuer, jwtAudience } = this.config;
    const { userId, name, email, roles } = principal;
    return jwt.sign({ name, email, roles }, this.key, {
      algorithm: 'HS256',
      subject: userId,
      expiresIn,
      ...(jwtIssuer && { issuer: jwtIssuer }),
      ...(jwtAudience && { audience: jwtAudience }),
    });
  }
}

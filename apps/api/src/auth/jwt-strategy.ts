import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Config } from '#libs/config';
import { DomainError, type Principal } from '#libs/domain';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { CONFIG, SECRET } from '../platform/settings.js';
import { principalOf, tokenRules } from './token-rules.js';
import { signingKey } from './tokens.js';

@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(@Inject(CONFIG) config: Config, @Inject(SECRET) secret: string) {
    const { algorithms, issuer, audience } = tokenRules(config);
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      // Handed on to jsonwebtoken, which takes keys; the types know of texts and bytes alone.
      secretOrKey: signingKey(secret) as unknown as Buffer,
      algorithms,
      issuer: issuer as string | undefined,
      audience: audience as string | undefined,
    });
  }

  validate(payload: unknown): Principal {
    const principal = principalOf(payload);
    if (!principal) throw new DomainError('INVALID_TOKEN', { sub: 'must name the user' });
    return principal;
  }
}

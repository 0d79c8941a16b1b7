import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { newUlid } from '#libs/actors';
import type { Config } from '#libs/config';
import { DomainError, type Principal } from '#libs/domain';
import { CONFIG } from '../platform/settings.js';
import { GuestLimit } from './guest-limit.js';
import { Tokens } from './tokens.js';

/** Seconds: long enough for a day's meetings. */
const GUEST_TOKEN_LIFETIME = 12 * 3600;

export interface GuestToken {
  readonly accessToken: string;
  readonly expiresIn: number;
  readonly principal: Principal;
}

/** Lets a person in by a name alone, where the settings allow guests. */
export class IssueGuestToken extends Command<GuestToken> {
  /** @param address that asks, as the connection has it */
  constructor(
    readonly displayName: string,
    readonly address: string,
  ) {
    super();
  }
}

@CommandHandler(IssueGuestToken)
export class IssueGuestTokenHandler implements ICommandHandler<IssueGuestToken> {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly limit: GuestLimit,
    private readonly tokens: Tokens,
  ) {}

  async execute({ displayName, address }: IssueGuestToken): Promise<GuestToken> {
    if (!this.config.guests) {
      throw new DomainError(
        'INSUFFICIENT_PERMISSION',
        {},
        'Guests are off on this server: sign in with a token',
      );
    }
    await this.limit.take(address);
    const principal: Principal = { userId: `guest-${newUlid()}`, name: displayName.trim(), roles: ['guest'] };
    const accessToken = this.tokens.sign(principal, GUEST_TOKEN_LIFETIME);
    return { accessToken, expiresIn: GUEST_TOKEN_LIFETIME, principal };
  }
}

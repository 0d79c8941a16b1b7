import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { GuestLimit } from './guest-limit.js';
import { IssueGuestTokenHandler } from './issue-guest-token.js';
import { JwtGuard } from './jwt-guard.js';
import { JwtStrategy } from './jwt-strategy.js';
import { Tokens } from './tokens.js';

@Module({
  imports: [PassportModule.register({ session: false })],
  providers: [
    GuestLimit,
    JwtStrategy,
    Tokens,
    IssueGuestTokenHandler,
    { provide: APP_GUARD, useClass: JwtGuard },
  ],
  exports: [Tokens],
})
export class AuthModule {}

import { Body, Controller, HttpCode, Ip, Post, UseFilters } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { IsString, Length, Matches } from 'class-validator';
import { IssueGuestToken } from '../../auth/issue-guest-token.js';
import { Public } from '../../auth/jwt-guard.js';
import { PlatformErrorFilter } from '../platform/platform-error-filter.js';
import { ApiAnswers } from '../../platform/api-answers.js';
import { platformWord } from '../platform/platform-word.js';
import { Documented } from '../../platform/documented.js';

const GUEST = {
  access_token: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9…',
  expires_in: 43_200,
  user: { user_id: 'guest-01HXYZ123456789ABCDEFGHJKM', display_name: 'Ada Lovelace' },
};

class GuestBody {
  @Documented({ example: 'Ada Lovelace' })
  @IsString()
  @Length(1, 100)
  @Matches(/\S/, { message: 'display_name must not be blank' })
  display_name!: string;
}

@ApiTags('Guests')
@UseFilters(PlatformErrorFilter)
@Controller('api/v1/auth/guest')
export class GuestsController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Public()
  @HttpCode(200)
  @ApiAnswers(
    { description: 'The token of a new guest', example: GUEST },
    ['VALIDATION_FAILED', 'INSUFFICIENT_PERMISSION', 'RATE_LIMIT_EXCEEDED'],
    platformWord,
  )
  @ApiOperation({ summary: 'A token for a guest known by a name alone, where the settings allow guests' })
  async issue(@Body() { display_name }: GuestBody, @Ip() address: string): Promise<unknown> {
    const { accessToken, expiresIn, principal } = await this.commands.execute(
      new IssueGuestToken(display_name, address),
    );
    return {
      access_token: accessToken,
      expires_in: expiresIn,
      user: { user_id: principal.userId, display_name: principal.name },
    };
  }
}

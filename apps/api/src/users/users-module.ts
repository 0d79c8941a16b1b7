import { Module } from '@nestjs/common';
import { EraseUserHandler } from './erase-user.js';
import { ErasedUsers } from './erased-users.js';
import { ErasureLimit } from './erasure-limit.js';

@Module({ providers: [EraseUserHandler, ErasedUsers, ErasureLimit] })
export class UsersModule {}

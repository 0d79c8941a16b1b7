import { Module } from '@nestjs/common';
import { MediaModule } from '../media/media-module.js';
import { ApplyPolicyHandler } from './apply-policy.js';
import { Enforcement } from './enforcement.js';
import { PolicyReactor } from './policy-reactor.js';

@Module({
  imports: [MediaModule],
  providers: [ApplyPolicyHandler, Enforcement, PolicyReactor],
  exports: [Enforcement],
})
export class PoliciesModule {}

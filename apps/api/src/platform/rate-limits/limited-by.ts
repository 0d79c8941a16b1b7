import { Reflector } from '@nestjs/core';
import type { LimitCategory } from './limit-categories.js';

/** Names the category that requests of a route count in; on a controller, that of all its routes which name no other. */
export const LimitedBy = Reflector.createDecorator<LimitCategory>();

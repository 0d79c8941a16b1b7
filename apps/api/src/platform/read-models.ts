import { Inject } from '@nestjs/common';
import type { Database } from '#libs/read-models';
import type { Kysely } from 'kysely';

export type ReadModels = Kysely<Database>;

const READ_MODELS = Symbol('read models');
export const readModelsToken = READ_MODELS;
/** Injection token of the ReadModelStore, for what concerns its files. */
export const readModelStoreToken = Symbol('read model store');
export const InjectReadModels = (): ParameterDecorator => Inject(READ_MODELS);

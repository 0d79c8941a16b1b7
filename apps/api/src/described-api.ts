import { NestFactory } from '@nestjs/core';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { ApiModule } from './api-module.js';
import { openApiDocument } from './platform/openapi.js';
import type { PlatformParts } from './platform/platform-module.js';

/** The OpenAPI document of an api that is neither started nor given anything: no part of it is made, only looked at. */
export const describedApi = async (): Promise<OpenAPIObject> => {
  const nothing = { config: {}, secret: '', logger: {}, stores: { readModels: {} } };
  const app = await NestFactory.create<NestFastifyApplication>(
    ApiModule.of(nothing as unknown as PlatformParts),
    new FastifyAdapter(),
    { preview: true, logger: false, abortOnError: false },
  );
  const document = openApiDocument(app);
  await app.close();
  return document;
};

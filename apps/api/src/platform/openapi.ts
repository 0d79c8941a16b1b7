import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'A repeat of the request by the same user with the same key changes nothing and answers the same',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
} as const;

export const openApiDocument = (app: INestApplication): OpenAPIObject => {
  const document = SwaggerModule.createDocument(
    app,
    new DocumentBuilder()
      .setTitle('Parley')
      .setDescription('Video meetings in which everything that happens is an event that can be replayed.')
      .setVersion('0.1.0')
      .addBearerAuth()
      .build(),
  );
  // All of them are bodies of requests, and no body may hold a field that there is not.
  for (const schema of Object.values(document.components?.schemas ?? {})) {
    if ('properties' in schema) schema.additionalProperties = false;
  }
  // Every command takes the key, since it becomes the ids of the events.
  for (const { post, put, delete: remove } of Object.values(document.paths)) {
    for (const operation of [post, put, remove]) {
      if (operation?.security && !operation.tags?.includes('Administration'))
        (operation.parameters ??= []).push(IDEMPOTENCY_KEY);
    }
  }
  return document;
};

/** The OpenAPI document for people at `/docs` and for programs at `/docs-json`. */
export const serveOpenApi = (app: INestApplication): void => {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), { customSiteTitle: 'Parley API' });
};

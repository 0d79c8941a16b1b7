import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

export const openApiDocument = (app: INestApplication): OpenAPIObject =>
  SwaggerModule.createDocument(
    app,
    new DocumentBuilder()
      .setTitle('Parley')
      .setDescription('Video meetings in which everything that happens is an event that can be replayed.')
      .setVersion('0.1.0')
      .addBearerAuth()
      .build(),
  );

/** The OpenAPI document for people at `/docs` and for programs at `/docs-json`. */
export const serveOpenApi = (app: INestApplication): void => {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), { customSiteTitle: 'Parley API' });
};

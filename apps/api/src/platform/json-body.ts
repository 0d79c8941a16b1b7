import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/**
 * Bodies are JSON; every other type is answered with 415. Clients send `Content-Type: application/json` with requests that
 * have no body, too: that is an empty object, not an error.
 */
export const acceptJsonAlone = (app: NestFastifyApplication): void => {
  const fastify = app.getHttpAdapter().getInstance();
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeContentTypeParser('text/plain');
  app.useBodyParser('application/json', {}, (request, body, done) => {
    const text = body?.toString() ?? '';
    if (text.trim() === '') done(null, {});
    else void parse(request as never, text, done);
  });
};
